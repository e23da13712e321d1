import type { Command } from 'commander';
import { causesAt } from './causes.ts';
import type { Io } from './io.ts';
import { ALL_COORDINATES, addCoordinates, questionOf } from './question-options.ts';
import { asking, found, newCommand, sessionOf } from './session.ts';
import { showState } from './show-state.ts';

/** `codicil terms ID`: what is in force on a day. */
export const termsCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'terms',
    summary: 'show the terms in force on a day, why they are, and what stands beside them',
    examples: [
      ['codicil terms microsoft-openai', 'today'],
      ['codicil terms microsoft-openai --on 2025-03-01', 'on a day'],
      [
        'codicil terms microsoft-openai --on 2022-01-01 --known-at 2022-12-31 --public',
        'as the public could know it',
      ],
      [
        'codicil terms microsoft-openai --on 2025-03-01 --executed-by 2025-03-01',
        'judged on that day',
      ],
      ['codicil terms microsoft-openai --version 4 --json', 'a version, for a script'],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .option('--json', 'print the state and its basis as JSON');
  addCoordinates(command, ALL_COORDINATES);
  return command.action(async (agreement: string, options) => {
    const session = sessionOf(io, options);
    const question = questionOf(session.options);
    await asking(session, async (app) => {
      const answer = await found(app, agreement, await app.views.stateAt(agreement, question));
      const ids = answer.state.terms.flatMap(({ causedBy }) => causedBy);
      const causes = await causesAt(app, agreement, [{ at: question, ids }]);
      session.show(answer, (screen) => showState(screen, answer, causes));
    });
  });
};
