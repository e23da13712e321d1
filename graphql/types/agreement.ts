import { builder } from '../builder.ts';
import { ConditionInput, conditionArgument } from '../condition.ts';
import { asQuestion, QuestionInput } from '../question.ts';
import { Bisection } from './bisection.ts';
import { Claims } from './claims.ts';
import { connectionOf } from './connection.ts';
import { Diff } from './diff.ts';
import { EventConnection, eventsPage } from './events.ts';
import { Explanation } from './explanation.ts';
import { Lineage } from './lineage.ts';
import { Impact, type Match, MatchRef } from './portfolio.ts';
import { State } from './state.ts';
import { TermHistory } from './term-history.ts';
import { Timeline } from './timeline.ts';
import { Versions } from './version.ts';

/** An agreement that is recorded; what it says is asked for field by field. */
export type AgreementId = { readonly id: string; readonly match?: Match };

/** An agreement once recorded does not go away. */
const there = <T>(answer: T | undefined, { id }: AgreementId): T => {
  if (answer !== undefined) return answer;
  throw new TypeError(`agreement ${id} was there and is no more`);
};

const anchored = <T extends object>(answer: T | undefined, agreement: AgreementId) => ({
  ...there(answer, agreement),
  agreementId: agreement.id,
});

export const Agreement = builder.objectRef<AgreementId>('Agreement').implement({
  description:
    'One continuing deal between parties, whatever documents express it. Every answer about it names its basis.',
  fields: (t) => ({
    id: t.exposeID('id'),
    state: t.field({
      type: State,
      description: 'What the agreement says at a point.',
      args: { at: t.arg({ type: QuestionInput }) },
      resolve: async (agreement, { at }, { app }) =>
        there(await app.views.stateAt(agreement.id, asQuestion(at)), agreement),
    }),
    diff: t.field({
      type: Diff,
      description:
        'What differs between two points: two days show what changed in the deal, two states of knowledge what we restated.',
      args: {
        from: t.arg({ type: QuestionInput, required: true }),
        to: t.arg({ type: QuestionInput, required: true }),
      },
      resolve: async (agreement, { from, to }, { app }) => {
        const answer = app.views.diff(agreement.id, asQuestion(from), asQuestion(to));
        return anchored(await answer, agreement);
      },
    }),
    changesSince: t.field({
      type: Diff,
      description:
        'What is different now from when a reader of the feed was at the cursor, as one diff.',
      args: { cursor: t.arg.string({ required: true }) },
      resolve: async (agreement, { cursor }, { app }) =>
        anchored(await app.views.diff(agreement.id, asQuestion({ cursor }), {}), agreement),
    }),
    versions: t.field({
      type: Versions,
      description: 'The stretches of days during which nothing changed, for one knowledge.',
      args: { at: t.arg({ type: QuestionInput }) },
      resolve: async (agreement, { at }, { app }) =>
        anchored(await app.views.versions(agreement.id, asQuestion(at)), agreement),
    }),
    timeline: t.field({
      type: Timeline,
      description: 'The papers in order, each with the changes it made.',
      args: { at: t.arg({ type: QuestionInput }) },
      resolve: async (agreement, { at }, { app }) =>
        there(await app.views.timeline(agreement.id, asQuestion(at)), agreement),
    }),
  }),
});

builder.objectFields(Agreement, (t) => ({
  match: t.field({
    type: MatchRef,
    nullable: true,
    description: 'What `agreements` found of it; null where nothing was asked of it there.',
    resolve: ({ match }) => match,
  }),
  impact: t.field({
    type: Impact,
    nullable: true,
    description: 'Whom a change concerns besides; null when nothing of that id is known.',
    args: {
      of: t.arg.id({
        required: true,
        description: 'Of a change, or of an instrument with all its changes.',
      }),
      at: t.arg({ type: QuestionInput }),
    },
    resolve: (agreement, { of, at }, { app }) => app.views.impact(agreement.id, of, asQuestion(at)),
  }),
  term: t.field({
    type: TermHistory,
    nullable: true,
    description: 'One term along the days, with its lineage; null when no such term is known.',
    args: { id: t.arg.id({ required: true }), at: t.arg({ type: QuestionInput }) },
    resolve: async (agreement, { id, at }, { app }) => {
      const history = await app.views.term(agreement.id, id, asQuestion(at));
      return history === undefined ? undefined : anchored(history, agreement);
    },
  }),
  explain: t.field({
    type: Explanation,
    description: 'Why a term stands as it does at a point, whether it is in force or not.',
    args: { term: t.arg.id({ required: true }), at: t.arg({ type: QuestionInput }) },
    resolve: async (agreement, { term, at }, { app }) =>
      anchored(await app.views.explain(agreement.id, asQuestion(at), term), agreement),
  }),
  bisect: t.field({
    type: Bisection,
    description: 'On which days a condition holds, and since when that was known.',
    args: {
      condition: t.arg({ type: ConditionInput, required: true }),
      at: t.arg({ type: QuestionInput }),
    },
    resolve: async (agreement, { condition, at }, { app }) => {
      const asked = conditionArgument(condition);
      return there(await app.views.bisect(agreement.id, asQuestion(at), asked), agreement);
    },
  }),
  lineage: t.field({
    type: Lineage,
    description: 'Where a term came from and where it went, with the words that it shares.',
    args: { term: t.arg.id({ required: true }), at: t.arg({ type: QuestionInput }) },
    resolve: async (agreement, { term, at }, { app }) =>
      anchored(await app.views.lineage(agreement.id, asQuestion(at), term), agreement),
  }),
  claims: t.field({
    type: Claims,
    args: { at: t.arg({ type: QuestionInput }) },
    resolve: async (agreement, { at }, { app }) =>
      anchored(await app.views.claims(agreement.id, asQuestion(at)), agreement),
  }),
  events: t.field({
    type: EventConnection,
    description: 'What the log holds, in order of revision, for audit.',
    args: { first: t.arg.int(), after: t.arg.string() },
    resolve: ({ id }, asked, { app }) => eventsPage(app.views, asked, id),
  }),
}));

export const AgreementConnection = connectionOf('Agreement', Agreement, true);
