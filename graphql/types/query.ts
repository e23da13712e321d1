import type { App } from '#app/app.ts';
import type { PortfolioQuestion } from '#app/portfolio-question.ts';
import { builder } from '../builder.ts';
import { QuestionInput } from '../question.ts';
import { Agreement, AgreementConnection, type AgreementId } from './agreement.ts';
import { cursorOf, type Page, pageSize, placeAfter } from './connection.ts';
import { Event } from './event.ts';
import { EventConnection, eventsPage } from './events.ts';
import { asPortfolioQuestion, PortfolioFilterInput, PortfolioOrderInput } from './portfolio.ts';

type Asked = {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
};

const LIST = 'agreements';

/** The page behind a cursor; `ids` are in order. A cursor whose agreement is not among them still has its place. */
const agreementsPage = (ids: readonly string[], asked: Asked) => {
  const after = placeAfter(LIST, asked);
  const first = pageSize(asked);
  const rest = after === undefined ? ids : ids.filter((id) => id > after);
  const page: Page<AgreementId> = {
    items: rest.slice(0, first).map((id) => ({ cursor: cursorOf(LIST, id), node: { id } })),
    hasNextPage: rest.length > first,
    hasPreviousPage: rest.length < ids.length,
  };
  return { ...page, totalCount: ids.length };
};

const PORTFOLIO = 'portfolio';

/** The page behind a cursor of the same question. */
const portfolioPage = async ({ views }: App, question: PortfolioQuestion, asked: Asked) => {
  const first = pageSize(asked);
  const after = placeAfter(PORTFOLIO, asked);
  const { rows, totalCount, hasNextPage } = await views.portfolio(question, { first, after });
  const page: Page<AgreementId> = {
    items: rows.map(({ cursor, ...match }) => ({
      cursor: cursorOf(PORTFOLIO, cursor),
      node: { id: match.agreementId, match },
    })),
    hasNextPage,
    hasPreviousPage: after !== undefined,
  };
  return { ...page, totalCount };
};

builder.queryType({
  fields: (t) => ({
    agreement: t.field({
      type: Agreement,
      nullable: true,
      description: 'Null when no agreement of this id is recorded.',
      args: { id: t.arg.id({ required: true }) },
      resolve: async (_, { id }, { app }) => ((await app.views.has(id)) ? { id } : undefined),
    }),
    agreements: t.field({
      type: AgreementConnection,
      description:
        'All agreements by id; or those that fulfil all that is asked, as of a day, as known at a time. The pages of one question know nothing that was recorded after its first.',
      args: {
        first: t.arg.int({ description: 'At most 100; 20 when left out.' }),
        after: t.arg.string(),
        party: t.arg.id(),
        termKind: t.arg.string({ description: 'EXCLUSIVITY, RIGHT_OF_FIRST_REFUSAL, …' }),
        filter: t.arg({ type: PortfolioFilterInput }),
        orderBy: t.arg({ type: PortfolioOrderInput, description: 'By id when left out.' }),
        at: t.arg({ type: QuestionInput }),
      },
      resolve: async (_, asked, { app }) => {
        const question = asPortfolioQuestion(asked);
        return question === undefined
          ? agreementsPage(await app.views.agreements(), asked)
          : portfolioPage(app, question, asked);
      },
    }),
    events: t.field({
      type: EventConnection,
      description: 'The whole log in order of position, for audit.',
      args: {
        first: t.arg.int({ description: 'At most 100; 20 when left out.' }),
        after: t.arg.string(),
      },
      resolve: (_, asked, { app }) => eventsPage(app.views, asked),
    }),
    event: t.field({
      type: Event,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_, { id }, { app }) => app.views.event(id),
    }),
    version: t.string({
      description: 'Of the program that answers.',
      resolve: (_, __, { caller }) => caller.version,
    }),
  }),
});
