import type { ImpactAnswer } from '#app/app.ts';
import { type PortfolioQuestion, portfolioQuestion } from '#app/portfolio-question.ts';
import { portfolioFilter, portfolioOrder } from '#portfolio/filter.ts';
import type { Impacted } from '#portfolio/index-reader.ts';
import type { MatchedFact, MatchedTerm, PortfolioRow } from '#portfolio/question.ts';
import { builder } from '../builder.ts';
import { shownError } from '../errors.ts';
import { inputObject } from '../inputs/from-zod.ts';
import { asQuestion, type QuestionInput } from '../question.ts';
import { AgreementStanding, FactKind, Grade, TermStanding } from './enums.ts';

export const PortfolioFilterInput = inputObject(portfolioFilter, 'PortfolioFilterInput');
export const PortfolioOrderInput = inputObject(portfolioOrder, 'PortfolioOrderInput');

type Asked = {
  readonly party?: string | null | undefined;
  readonly termKind?: string | null | undefined;
  readonly at?: typeof QuestionInput.$inferInput | null | undefined;
  readonly filter?: unknown;
  readonly orderBy?: unknown;
};

/** The same without what is null: in a question null and nothing mean the same. */
const given = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(given);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== null && field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, given(field)]));
};

type Filter = { readonly term?: object; readonly [name: string]: unknown };

/** What is asked of all agreements; undefined when nothing is. @throws BAD_QUESTION with every mistake in `issues` */
export const asPortfolioQuestion = (asked: Asked): PortfolioQuestion | undefined => {
  const { party, termKind, at, filter, orderBy } = given(asked) as Asked;
  if ([party, termKind, at, filter, orderBy].every((one) => one === undefined)) return undefined;
  const { term, ...others } = (filter ?? {}) as Filter;
  const kind = termKind === undefined ? {} : { kind: termKind };
  const judged = portfolioQuestion.safeParse({
    filter: {
      ...others,
      ...(party !== undefined && { party }),
      ...((term ?? termKind) !== undefined && { term: { ...term, ...kind } }),
    },
    ...(orderBy !== undefined && { order: orderBy }),
    at: asQuestion(at),
  });
  if (judged.success) return judged.data;
  const issues = judged.error.issues.map(({ path, message }) => ({ path, message }));
  const text = issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw shownError('BAD_QUESTION', text, { issues });
};

const MatchedFactRef = builder.objectRef<MatchedFact>('MatchedFact').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    kind: t.field({ type: FactKind, resolve: ({ measure }) => KINDS[measure] }),
    unit: t.exposeString('unit', {
      nullable: true,
      description: 'The currency of money, the unit of a quantity.',
    }),
    value: t.exposeString('value', { description: 'A decimal, or a date as its source gives it.' }),
  }),
});
const KINDS = { money: 'MONEY', percent: 'PERCENT', quantity: 'QUANTITY', date: 'DATE' } as const;

type TermStandings = 'IN_FORCE' | 'REPLACED' | 'REMOVED' | 'EXPIRED' | 'TERMINATED' | 'VOIDED';
type Standings = 'SCHEDULED' | 'PROSPECTIVE' | 'IN_FORCE' | 'EXPIRED' | 'TERMINATED';

const MatchedTermRef = builder.objectRef<MatchedTerm>('MatchedTerm').implement({
  description: 'A term that fulfils everything that was asked of a term.',
  fields: (t) => ({
    termId: t.exposeID('termId'),
    standing: t.field({
      type: TermStanding,
      nullable: true,
      resolve: ({ standing }) => standing as TermStandings | undefined,
    }),
    kind: t.exposeString('kind', { nullable: true, description: 'Null when it is not in force.' }),
    evidence: t.field({
      type: Grade,
      nullable: true,
      resolve: ({ evidence }) => evidence as (typeof Grade)['$inferType'] | undefined,
    }),
    facts: t.field({
      type: [MatchedFactRef],
      description: 'The facts that were asked for.',
      resolve: ({ facts }) => [...facts],
    }),
  }),
});

/** What a question about all agreements found of one. */
export type Match = Omit<PortfolioRow, 'place'>;

export const MatchRef = builder.objectRef<Match>('Match').implement({
  description: 'What a question about all agreements found of one of them.',
  fields: (t) => ({
    title: t.exposeString('title'),
    standing: t.field({
      type: AgreementStanding,
      nullable: true,
      resolve: ({ standing }) => standing as Standings | undefined,
    }),
    endsOn: t.exposeString('endsOn', { nullable: true }),
    parties: t.exposeStringList('parties', { description: 'Ids, in order.' }),
    termCount: t.exposeInt('termCount', { description: 'Terms in force.' }),
    terms: t.field({
      type: [MatchedTermRef],
      description: 'In order of id; none when nothing was asked of terms.',
      resolve: ({ terms }) => [...terms],
    }),
  }),
});

const ConcernedTerm = builder.objectRef<Impacted['terms'][number]>('ConcernedTerm').implement({
  fields: (t) => ({ termId: t.exposeID('termId'), kind: t.exposeString('kind') }),
});

const ConcernedAgreement = builder.objectRef<Impacted>('ConcernedAgreement').implement({
  fields: (t) => ({
    id: t.exposeID('agreementId'),
    title: t.exposeString('title'),
    parties: t.exposeStringList('parties', { description: 'Ids of the parties that are shared.' }),
    terms: t.field({
      type: [ConcernedTerm],
      description: 'The terms in force of the kinds that are touched.',
      resolve: ({ terms }) => [...terms],
    }),
  }),
});

export const Impact = builder.objectRef<ImpactAnswer>('Impact').implement({
  description:
    'The other agreements that share a party, and have a term in force of a kind, that changes are about.',
  fields: (t) => ({
    kinds: t.exposeStringList('kinds', {
      description: 'Of the terms touched, every kind that they had.',
    }),
    parties: t.exposeStringList('parties', { description: 'Ids, of the agreement itself.' }),
    agreements: t.field({
      type: [ConcernedAgreement],
      resolve: ({ agreements }) => [...agreements],
    }),
  }),
});
