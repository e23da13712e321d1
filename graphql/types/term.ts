import type { OverlayState, TermState } from '#projections/state.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Change } from './change.ts';
import { Grade, OverlayKind, TermStanding } from './enums.ts';
import { Fact, namedFacts } from './fact.ts';
import { Day } from './scalars.ts';

/** A term together with the answer that it belongs to. */
export type AnchoredTerm = { readonly term: TermState; readonly at: Anchor };

const Overlay = builder.objectRef<OverlayState>('Overlay').implement({
  description: 'A temporary non-application that lies on top of a term on the day asked about.',
  fields: (t) => ({
    overlayId: t.exposeID('overlayId'),
    kind: t.expose('kind', { type: OverlayKind }),
    changeId: t.exposeID('changeId'),
    between: t.idList({
      nullable: true,
      description: 'The parties between whom it holds; null: all.',
      resolve: ({ between }) => (between === undefined ? undefined : [...between]),
    }),
    text: t.exposeString('text', { nullable: true }),
  }),
});

export const Term = builder.objectRef<AnchoredTerm>('Term').implement({
  description: 'A clause as a unit of meaning, as it stands on the day asked about.',
  fields: (t) => ({
    termId: t.id({ resolve: ({ term }) => term.termId }),
    kind: t.string({
      description: 'EXCLUSIVITY, RIGHT_OF_FIRST_REFUSAL, …',
      resolve: ({ term }) => term.value.kind,
    }),
    heading: t.string({ nullable: true, resolve: ({ term }) => term.value.heading }),
    number: t.string({ nullable: true, resolve: ({ term }) => term.value.number }),
    prose: t.string({
      nullable: true,
      description: 'Markdown.',
      resolve: ({ term }) => term.value.prose,
    }),
    facts: t.field({
      type: [Fact],
      description: 'In order of name.',
      resolve: ({ term }) => [...namedFacts(term.value.facts)],
    }),
    standing: t.field({ type: TermStanding, resolve: ({ term }) => term.standing }),
    evidence: t.field({
      type: Grade,
      description: 'The weakest grade among what caused it.',
      resolve: ({ term }) => term.evidence,
    }),
    inForceSince: t.field({
      type: Day,
      nullable: true,
      description: 'First day of the change that brought it in; null where that is not known.',
      resolve: ({ term }) => term.inForceSince,
    }),
    causedBy: t.field({
      type: [Change],
      description: 'The change that last set the whole value, then all applied behind it.',
      resolve: async ({ term, at }, _, context) => [...(await context.changes(at, term.causedBy))],
    }),
    changeIds: t.idList({
      description: 'The ids of causedBy; a claim assumed in a what-if is only named here.',
      resolve: ({ term }) => [...term.causedBy],
    }),
    applies: t.boolean({
      description: 'False while a waiver or suspension covers it.',
      resolve: ({ term }) => term.applies,
    }),
    overlays: t.field({ type: [Overlay], resolve: ({ term }) => [...term.overlays] }),
    lastAffirmed: t.field({
      type: Day,
      nullable: true,
      resolve: ({ term }) => term.lastAffirmed,
    }),
    certain: t.boolean({
      description: 'False when an uncertain date may have changed it on this day.',
      resolve: ({ term }) => term.certain,
    }),
  }),
});
