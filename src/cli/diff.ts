import type { Command } from 'commander';
import { causesAt } from './causes.ts';
import type { Io } from './io.ts';
import { pointOf } from './point.ts';
import { addCoordinates, KNOWLEDGE, questionOf } from './question-options.ts';
import { asking, found, newCommand, sessionOf } from './session.ts';
import { showDiff } from './show-diff.ts';

/** `codicil diff ID FROM TO`: what changed in the deal, or what was restated. */
export const diffCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'diff',
    summary: 'compare two points: what the parties changed between days, or what we restated',
    examples: [
      ['codicil diff microsoft-openai 2025-01-20 2025-01-21', 'what one day changed'],
      ['codicil diff microsoft-openai v4 today', 'since a version'],
      [
        'codicil diff microsoft-openai 2022-01-01@known:2022-12-31 2022-01-01 --public',
        'what came to light since',
      ],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .argument(
      '<from>',
      'a day, a version (v4), a tag, or today; @known:TIME behind it says as known when',
    )
    .argument('<to>', 'another point')
    .option('--json', 'print the differences and both ends as JSON');
  addCoordinates(command, KNOWLEDGE);
  return command.action(async (agreement: string, from: string, to: string, options) => {
    const session = sessionOf(io, options);
    const shared = questionOf(session.options);
    const [a, b] = [pointOf(from, shared), pointOf(to, shared)];
    await asking(session, async (app) => {
      const answer = await found(app, agreement, await app.views.diff(agreement, a, b));
      const ids = answer.diff.entries.flatMap(({ causedBy }) => causedBy);
      const causes = await causesAt(app, agreement, [
        { at: a, ids },
        { at: b, ids },
      ]);
      session.show(answer, (screen) => showDiff(screen, answer, causes));
    });
  });
};
