import type { Command } from 'commander';
import type { Io } from './io.ts';
import { ALL_COORDINATES, addCoordinates, questionOf } from './question-options.ts';
import { asking, found, newCommand, sessionOf } from './session.ts';
import { showExplanation } from './show-explanation.ts';

/** `codicil explain ID TERM`: why a term stands as it does on a day. */
export const explainCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'explain',
    summary: 'say why a term reads as it does on a day: what won, what lost, and by which rule',
    examples: [
      ['codicil explain microsoft-openai compute.rofr --on 2025-03-01', 'a term in force'],
      ['codicil explain microsoft-openai compute.exclusivity --on 2025-11-15', 'one that has gone'],
      [
        'codicil explain microsoft-openai ip.agi-clause --on 2025-01-01 --assume claim:agi-clause-removal',
        'what if a claim came true',
      ],
      [
        'codicil explain microsoft-openai revenue.to-microsoft --on 2025-03-01 --known-at 2025-06-30 --public',
        'as the public could know it then',
      ],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .argument('<term>', 'the id of the term, in force or not')
    .option('--json', 'print the explanation and its basis as JSON');
  addCoordinates(command, ALL_COORDINATES);
  return command.action(async (agreement: string, term: string, options) => {
    const session = sessionOf(io, options);
    const question = questionOf(session.options);
    await asking(session, async (app) => {
      const answer = await found(
        app,
        agreement,
        await app.views.explain(agreement, question, term),
      );
      session.show(answer, (screen) => showExplanation(screen, answer));
    });
  });
};
