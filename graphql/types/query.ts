import type { Portfolio } from '#app/app.ts';
import { builder } from '../builder.ts';
import { asQuestion, QuestionInput } from '../question.ts';
import { Agreement, AgreementConnection, type AgreementId } from './agreement.ts';
import { cursorOf, type Page, pageSize, placeAfter } from './connection.ts';
import { Event } from './event.ts';
import { EventConnection, eventsPage } from './events.ts';

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

type PortfolioArgs = {
  readonly party?: string | null | undefined;
  readonly termKind?: string | null | undefined;
  readonly at?: typeof QuestionInput.$inferInput | null | undefined;
};

const portfolio = ({ party, termKind, at }: PortfolioArgs): Portfolio => ({
  ...(typeof party === 'string' ? { party } : {}),
  ...(typeof termKind === 'string' ? { termKind } : {}),
  ...(at === null || at === undefined ? {} : { at: asQuestion(at) }),
});

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
        'All agreements by id; or those that a party is in, or that have a term of a kind in force, at a point.',
      args: {
        first: t.arg.int({ description: 'At most 100; 20 when left out.' }),
        after: t.arg.string(),
        party: t.arg.id(),
        termKind: t.arg.string({ description: 'EXCLUSIVITY, RIGHT_OF_FIRST_REFUSAL, …' }),
        at: t.arg({ type: QuestionInput }),
      },
      resolve: async (_, asked, { app }) =>
        agreementsPage(await app.views.agreements(portfolio(asked)), asked),
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
