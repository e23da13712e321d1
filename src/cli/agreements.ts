import type { Command } from 'commander';
import type { App, PortfolioPage } from '#app/app.ts';
import type { PortfolioQuestion } from '#app/portfolio-question.ts';
import type { Io } from './io.ts';
import { addPortfolio, portfolioOf } from './portfolio-options.ts';
import { addCoordinates } from './question-options.ts';
import { asking, newCommand, type Session, sessionOf } from './session.ts';
import { showAgreements } from './show-agreements.ts';
import { wholeNumber } from './whole-number.ts';

type Row = PortfolioPage['rows'][number];

/** Agreements that are asked for at once. */
const PAGE = 100;

/** One page, or all of them; the cursor says where the list goes on. */
const listOf = async (app: App, asked: PortfolioQuestion, { options }: Session) => {
  const { first, after } = options;
  const rows: Row[] = [];
  let cursor = typeof after === 'string' ? after : undefined;
  for (;;) {
    const page = await app.views.portfolio(asked, {
      first: wholeNumber(options, 'first', PAGE),
      after: cursor,
    });
    rows.push(...page.rows);
    cursor = page.hasNextPage ? page.rows.at(-1)?.cursor : undefined;
    if (first !== undefined || cursor === undefined) {
      return { rows, totalCount: page.totalCount, cursor };
    }
  }
};

const asksOfTerms = ({ filter }: PortfolioQuestion): boolean =>
  Object.keys(filter?.term ?? {}).some((name) => name !== 'kind');

const list = async (app: App, session: Session): Promise<void> => {
  const asked = portfolioOf(session.options);
  const { rows, totalCount, cursor } = await listOf(app, asked, session);
  const shown = rows.map(({ termCount, ...row }) => ({ ...row, termsInForce: termCount }));
  session.show(shown, (screen) => {
    showAgreements(screen, { rows, totalCount, cursor, withTerms: asksOfTerms(asked) });
  });
};

/** `codicil agreements`: the portfolio. */
export const agreementsCommand = (io: Io): Command => {
  const command = newCommand({
    name: 'agreements',
    summary: 'list agreements, all or those that fulfil what is asked',
    examples: [
      ['codicil agreements', 'all of them, as of today'],
      ['codicil agreements --term-kind EXCLUSIVITY --on 2024-01-01', 'who was bound exclusively'],
      ['codicil agreements --fact-above "1000000000 USD" --sort fact', 'by what is at stake'],
      ['codicil agreements --ends-before 2031-01-01 --sort ends-on', 'what runs out, and when'],
      ['codicil agreements --party openai --json', 'for a script'],
    ],
  });
  addPortfolio(command)
    .option('--first <n>', 'at most so many, and where to go on; default: all')
    .option('--after <cursor>', 'go on where a list of the same question ended')
    .option('--json', 'print one JSON list');
  addCoordinates(command, ['effectiveOn', 'knownAt', 'position', 'knowledge', 'uncertain']);
  return command.action(async (options) => {
    const session = sessionOf(io, options);
    await asking(session, (app) => list(app, session));
  });
};
