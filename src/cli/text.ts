import type { Command } from 'commander';
import type { Answer } from '#app/app.ts';
import { textOf } from '#projections/text.ts';
import { deliver } from './deliver.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io } from './io.ts';
import { ALL_COORDINATES, addCoordinates, questionOf } from './question-options.ts';
import { asking, found, newCommand, sessionOf } from './session.ts';

/** @throws {CliFailure} NOT_FOUND where nothing is in force */
const inForce = ({ state, basis }: Answer): string => {
  const text = textOf(state);
  if (text !== undefined) return text;
  const why = state.empty ?? state.standing ?? 'nothing agreed yet';
  throw new CliFailure(
    'NOT_FOUND',
    `${state.agreementId} has no text on ${basis.effectiveOn}: ${why}.`,
  );
};

/** `codicil text ID`: the words in force and nothing else. */
export const textCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'text',
    summary: 'print the prose in force on a day; of an imported document its text, to the byte',
    examples: [
      ['codicil text microsoft-openai --on 2025-03-01', 'at the end of that day'],
      ['codicil text microsoft-openai --at 2025-01-21T14:00:00Z', 'what was public at an instant'],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .option('--out <file>', 'write it to a file instead')
    .option('--json', 'print the text and its basis as JSON');
  addCoordinates(command, ALL_COORDINATES);
  return command.action(async (agreement: string, options) => {
    const session = sessionOf(io, options);
    const { out } = session.options;
    await asking(session, async (app) => {
      const asked = await app.views.stateAt(agreement, questionOf(session.options));
      const answer = await found(app, agreement, asked);
      const text = inForce(answer);
      if (session.json && out === undefined) {
        session.show({ text, basis: answer.basis }, () => undefined);
      } else deliver(session, text);
    });
  });
};
