import type { ExplainAnswer } from '#app/app.ts';
import { isoInstant } from '#events/instants.ts';
import type { Passage as Credited } from '#projections/blame.ts';
import type * as Explained from '#projections/explain/explanation.ts';
import { RULES } from '#projections/explain/rules.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Basis } from './basis.ts';
import { Change } from './change.ts';
import { Claim } from './claim.ts';
import { EndedTerm } from './ended-term.ts';
import { RevisionSubject, Rule, Verdict } from './enums.ts';
import { Finding } from './finding.ts';
import { LineageEdge } from './lineage-edge.ts';
import { Possibility } from './possibility.ts';
import { Day, Instant, Json } from './scalars.ts';
import { AnchoredTerm, Term } from './term.ts';

export type AnchoredExplanation = ExplainAnswer & { readonly agreementId: string };

type At<T> = T & { readonly at: Anchor };

const Reason = builder.objectRef<At<Explained.Reason>>('Reason').implement({
  description: 'Why something is as it is: one rule of the model, applied.',
  fields: (t) => ({
    rule: t.expose('rule', { type: Rule }),
    section: t.string({
      description: 'Where docs/model.md has the rule.',
      resolve: ({ rule }) => RULES[rule].section,
    }),
    says: t.string({
      description: 'The rule itself, as one sentence.',
      resolve: ({ rule }) => RULES[rule].says,
    }),
    text: t.exposeString('text', { description: 'How it applies here.' }),
    by: t.field({
      type: [Change],
      description: 'The changes that it is owed to, as far as they are in view at this point.',
      resolve: async ({ by, at }, _, context) => [...(await context.changes(at, by))],
    }),
    changeIds: t.idList({
      description: 'The ids of all that it is owed to.',
      resolve: ({ by }) => [...by],
    }),
    fields: t.stringList({
      description: 'The fields of the term that it is about; none: all of it.',
      resolve: ({ fields }) => [...fields],
    }),
    day: t.expose('day', { type: Day, nullable: true, description: 'The day that it hangs on.' }),
  }),
});

const CorrectedField = builder
  .objectRef<Explained.Correction['fields'][number]>('CorrectedField')
  .implement({
    fields: (t) => ({
      name: t.exposeString('name'),
      before: t.field({ type: Json, nullable: true, resolve: ({ before }) => before }),
      now: t.field({ type: Json, nullable: true, resolve: ({ now }) => now }),
    }),
  });

const Correction = builder.objectRef<Explained.Correction>('Correction').implement({
  description: 'Our record said something else at first.',
  fields: (t) => ({
    eventId: t.exposeID('eventId', { description: 'The record operation that says so.' }),
    of: t.expose('of', { type: RevisionSubject }),
    reason: t.exposeString('reason'),
    recordedAt: t.field({
      type: Instant,
      resolve: ({ recordedAt }) => isoInstant(recordedAt),
    }),
    fields: t.field({ type: [CorrectedField], resolve: ({ fields }) => [...fields] }),
  }),
});

const reasonsAt = (reasons: readonly Explained.Reason[], at: Anchor) =>
  reasons.map((reason) => ({ ...reason, at }));

const ExplainedChange = builder
  .objectRef<At<Explained.ExplainedChange>>('ExplainedChange')
  .implement({
    fields: (t) => ({
      change: t.expose('change', { type: Change }),
      verdict: t.expose('verdict', { type: Verdict }),
      reasons: t.field({
        type: [Reason],
        description: 'The first is the one that decides.',
        resolve: ({ reasons, at }) => reasonsAt(reasons, at),
      }),
      corrections: t.field({
        type: [Correction],
        resolve: ({ corrections }) => [...corrections],
      }),
      caused: t.exposeBoolean('caused', {
        description: 'It set the whole value last, or was applied behind that.',
      }),
    }),
  });

const Passage = builder.objectRef<At<Credited>>('Passage').implement({
  description: 'A stretch of prose, and the change that its words come from.',
  fields: (t) => ({
    text: t.exposeString('text'),
    changeId: t.exposeID('changeId'),
    change: t.field({
      type: Change,
      nullable: true,
      description: 'Null for what a question assumes of a claim.',
      resolve: async ({ changeId, at }, _, context) => (await context.changes(at, [changeId]))[0],
    }),
  }),
});

const FieldOrigin = builder
  .objectRef<{ readonly name: string; readonly changeId: string }>('FieldOrigin')
  .implement({
    description: 'A field of a term, and the change that set it to what it says.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'kind, heading, number, facts.NAME, …' }),
      changeId: t.exposeID('changeId'),
    }),
  });

export const Explanation = builder.objectRef<AnchoredExplanation>('Explanation').implement({
  description: 'Why one term stands as it does at a point, or why it does not.',
  fields: (t) => ({
    termId: t.id({ resolve: ({ explanation }) => explanation.termId }),
    term: t.field({
      type: Term,
      nullable: true,
      description: 'Null while it is not in force.',
      resolve: ({ explanation: { term }, ...at }) => term && new AnchoredTerm(term, at),
    }),
    ended: t.field({
      type: EndedTerm,
      nullable: true,
      resolve: ({ explanation: { ended }, ...at }) => ended && { ended, at },
    }),
    reasons: t.field({
      type: [Reason],
      description: 'Why it stands as it does as a whole, and what limits the answer.',
      resolve: ({ explanation, ...at }) => reasonsAt(explanation.reasons, at),
    }),
    changes: t.field({
      type: [ExplainedChange],
      description:
        'Every change that concerns it, once: those applied in their order, then those that are not.',
      resolve: ({ explanation, ...at }) => explanation.changes.map((one) => ({ ...one, at })),
    }),
    passages: t.field({
      type: [Passage],
      description: 'Its prose in pieces, each with the change that its words come from.',
      resolve: ({ blame, ...at }) => (blame?.passages ?? []).map((one) => ({ ...one, at })),
    }),
    fieldOrigins: t.field({
      type: [FieldOrigin],
      resolve: ({ blame }) =>
        Object.entries(blame?.fields ?? {}).map(([name, changeId]) => ({ name, changeId })),
    }),
    basis: t.field({ type: Basis, resolve: ({ basis }) => basis }),
  }),
});

builder.objectFields(Explanation, (t) => ({
  claims: t.field({
    type: [Claim],
    description: 'Claims about it, which alter nothing.',
    resolve: ({ explanation, ...at }) => explanation.claims.map((claim) => ({ claim, at })),
  }),
  lineage: t.field({
    type: [LineageEdge],
    resolve: ({ explanation }) => [...explanation.lineage],
  }),
  possibly: t.field({
    type: [Possibility],
    resolve: ({ explanation, ...at }) => explanation.possibly.map((possible) => ({ possible, at })),
  }),
  findings: t.field({ type: [Finding], resolve: ({ explanation }) => [...explanation.findings] }),
  later: t.field({
    type: [Reason],
    description: 'What concerns it and was not known at this point; this part grows with the log.',
    resolve: ({ explanation, ...at }) => reasonsAt(explanation.later, at),
  }),
}));
