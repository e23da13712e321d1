import type { Command } from 'commander';
import type { App } from '#app/app.ts';
import type { Question } from '#app/question.ts';
import { columns } from '#render/layout.ts';
import type { Io } from './io.ts';
import { addCoordinates, questionOf } from './question-options.ts';
import { asking, newCommand, type Session, sessionOf } from './session.ts';

const list = async (app: App, session: Session): Promise<void> => {
  const { party, termKind } = session.options;
  const at: Question = questionOf(session.options);
  const ids = await app.views.agreements({
    at,
    ...(typeof party === 'string' ? { party } : {}),
    ...(typeof termKind === 'string' ? { termKind } : {}),
  });
  const answers = await Promise.all(ids.map((id) => app.views.stateAt(id, at)));
  const states = answers.flatMap((answer) => (answer === undefined ? [] : [answer.state]));
  const rows = states.map(({ agreementId, title, standing, parties, terms }) => ({
    agreementId,
    title,
    standing,
    parties: parties.map(({ partyId }) => partyId),
    termsInForce: terms.length,
  }));
  session.show(rows, ({ line, paint }) => {
    const look = (text: string) => paint('cyan', text);
    const cells = rows.map((row) => [
      { text: row.agreementId, look },
      row.standing ?? '–',
      `${row.termsInForce} terms`,
      row.title,
    ]);
    for (const each of columns(cells)) line(each);
    if (rows.length === 0) line('None.');
  });
};

/** `codicil agreements`: the portfolio. */
export const agreementsCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'agreements',
    summary: 'list agreements, all or those with a party or a kind of term in force',
    examples: [
      ['codicil agreements', 'all of them, as of today'],
      ['codicil agreements --term-kind EXCLUSIVITY --on 2024-01-01', 'who was bound exclusively'],
      ['codicil agreements --party openai --json', 'for a script'],
    ],
  })
    .option('--party <id>', 'only agreements with this party')
    .option(
      '--term-kind <kind>',
      'only agreements with a term of this kind in force, like EXCLUSIVITY',
    )
    .option('--json', 'print one JSON list');
  addCoordinates(command, ['effectiveOn', 'knownAt', 'knowledge']);
  return command.action(async (options) => {
    const session = sessionOf(io, options);
    await asking(session, (app) => list(app, session));
  });
};
