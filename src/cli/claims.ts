import type { Command } from 'commander';
import type { Io } from './io.ts';
import { addCoordinates, KNOWLEDGE, questionOf } from './question-options.ts';
import { asking, found, newCommand, sessionOf } from './session.ts';
import { showBasis, showClaims } from './show-state.ts';

/** `codicil claims ID`: what was said, and what became of it. */
export const claimsCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'claims',
    summary: 'list what was rumoured, proposed or agreed in principle, and what became of it',
    examples: [
      ['codicil claims microsoft-openai', 'with outcomes and lead times'],
      ['codicil claims microsoft-openai --on 2025-01-01', 'those reported by that day'],
    ],
  })
    .argument('<agreement>', 'the id of the agreement')
    .option('--json', 'print the claims and their basis as JSON');
  addCoordinates(command, ['effectiveOn', ...KNOWLEDGE]);
  return command.action(async (agreement: string, options) => {
    const session = sessionOf(io, options);
    await asking(session, async (app) => {
      const asked = await app.views.claims(agreement, questionOf(session.options));
      const answer = await found(app, agreement, asked);
      session.show(answer, (screen) => {
        showBasis(screen, answer);
        showClaims(screen, answer.claims);
      });
    });
  });
};
