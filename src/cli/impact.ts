import type { Command } from 'commander';
import { columns } from '#render/layout.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io } from './io.ts';
import { addCoordinates, questionOf } from './question-options.ts';
import { asking, found, newCommand, sessionOf } from './session.ts';

/** `codicil impact ID CHANGE`: whom a change concerns besides. */
export const impactCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'impact',
    summary: 'list other agreements that share a party and a kind of term with a change',
    examples: [
      ['codicil impact microsoft-openai partnership-2019', 'of all changes of a paper'],
      ['codicil impact microsoft-openai partnership-2019 --on 2019-08-01 --json', 'for a script'],
    ],
  })
    .argument('<agreement>', 'the id of the agreement that changes')
    .argument('<change>', 'the id of a change, or of an instrument with all its changes')
    .option('--json', 'print what is touched and who is concerned as JSON');
  addCoordinates(command, ['effectiveOn', 'knownAt', 'position', 'knowledge']);
  return command.action(async (agreement: string, change: string, options) => {
    const session = sessionOf(io, options);
    const at = questionOf(session.options);
    await asking(session, async (app) => {
      await found(app, agreement, (await app.views.has(agreement)) || undefined);
      const impact = await app.views.impact(agreement, change, at);
      if (impact === undefined) {
        throw new CliFailure(
          'NOT_FOUND',
          `No change or instrument of ${agreement} is called ${change}; "codicil timeline ${agreement}" lists them.`,
        );
      }
      session.show(impact, ({ line, paint }) => {
        const { kinds, agreements } = impact;
        line(paint('dim', `touches ${kinds.join(', ') || 'no term'}`));
        const rows = agreements.map(({ agreementId, parties, terms, title }) => [
          { text: agreementId, look: (text: string) => paint('cyan', text) },
          parties.join(', '),
          terms.map(({ termId, kind }) => `${termId} ${kind}`).join(', '),
          title,
        ]);
        for (const each of columns(rows)) line(each);
        if (rows.length === 0) line('None.');
      });
    });
  });
};
