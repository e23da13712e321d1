import type { DiffEntry as Entry } from '#projections/diff/entry.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import type { GraphContext } from '../context.ts';
import { Change } from './change.ts';
import {
  Certainty,
  DateChange,
  DiffAxis,
  DiffKind,
  FieldChange,
  MaterialFlag,
  Materiality,
  Place,
  StandingChange,
  TermMatch,
  WordHunk,
} from './diff-parts.ts';
import { FactChange } from './fact-change.ts';
import { Revision } from './revision.ts';
import { AnchoredTerm, Term } from './term.ts';

/** A difference, and the two answers between which it lies. */
export type AnchoredEntry = { readonly entry: Entry; readonly from: Anchor; readonly to: Anchor };

/** Changes that one of the two states knows; the newer one where both do. */
const causes = async ({ entry, from, to }: AnchoredEntry, { changes }: GraphContext) => {
  const newer = await changes(to, entry.causedBy);
  if (newer.length === entry.causedBy.length) return [...newer];
  const known = new Map(
    [...(await changes(from, entry.causedBy)), ...newer].map((change) => [change.changeId, change]),
  );
  return entry.causedBy.flatMap((id) => known.get(id) ?? []);
};

const DiffTerms = builder.objectRef<AnchoredEntry>('DiffTerms').implement({
  description: 'The terms before and after, in reading order; none where the agreement is meant.',
  fields: (t) => ({
    from: t.field({
      type: [Term],
      resolve: ({ entry, from }) => entry.from.map((term) => new AnchoredTerm(term, from)),
    }),
    to: t.field({
      type: [Term],
      resolve: ({ entry, to }) => entry.to.map((term) => new AnchoredTerm(term, to)),
    }),
  }),
});

export const DiffEntry = builder.objectRef<AnchoredEntry>('DiffEntry').implement({
  description:
    'One difference between two states. A term that differs in several ways has an entry for each.',
  fields: (t) => ({
    kind: t.field({ type: DiffKind, resolve: ({ entry }) => entry.kind }),
    effect: t.field({
      type: DiffKind,
      description: 'Equal to kind, but where that is CORRECTED: what the correction came to.',
      resolve: ({ entry }) => entry.effect,
    }),
    axis: t.field({
      type: DiffAxis,
      description: 'Whether the deal changed, we restated it, or both.',
      nullable: true,
      resolve: ({ entry }) => entry.axis,
    }),
    matchedBy: t.field({
      type: TermMatch,
      nullable: true,
      resolve: ({ entry }) => entry.matchedBy,
    }),
    term: t.field({ type: DiffTerms, resolve: (anchored) => anchored }),
    causedBy: t.field({
      type: [Change],
      description: 'The changes that made the difference.',
      resolve: (anchored, _, context) => causes(anchored, context),
    }),
    changeIds: t.idList({
      description: 'The ids of causedBy; a claim assumed in a what-if is only named here.',
      resolve: ({ entry }) => [...entry.causedBy],
    }),
    material: t.field({
      type: [MaterialFlag],
      description: 'The rules by which it matters.',
      resolve: ({ entry }) => entry.material.map(({ flag }) => flag),
    }),
    materiality: t.field({
      type: [Materiality],
      description: 'The same with what tripped each rule.',
      resolve: ({ entry }) => [...entry.material],
    }),
  }),
});

builder.objectFields(DiffEntry, (t) => ({
  fields: t.field({ type: [FieldChange], resolve: ({ entry }) => [...entry.fields] }),
  facts: t.field({ type: [FactChange], resolve: ({ entry }) => [...entry.facts] }),
  words: t.field({
    type: [WordHunk],
    description: 'Of the prose; none where that is the same.',
    resolve: ({ entry }) => [...entry.words],
  }),
  dates: t.field({ type: [DateChange], resolve: ({ entry }) => [...entry.dates] }),
  standing: t.field({
    type: StandingChange,
    nullable: true,
    resolve: ({ entry }) => entry.standing,
  }),
  certain: t.field({
    type: Certainty,
    nullable: true,
    description: 'Null where that is the same.',
    resolve: ({ entry }) => entry.certain,
  }),
  revisions: t.field({
    type: [Revision],
    description: 'What the two states of knowledge say differently about the changes.',
    resolve: ({ entry }) => [...entry.revisions],
  }),
  leaves: t.field({
    type: [Place],
    description: 'Places that terms leave in the old reading order.',
    resolve: ({ entry }) => [...entry.leaves],
  }),
  takes: t.field({
    type: [Place],
    description: 'Places that terms take in the new reading order.',
    resolve: ({ entry }) => [...entry.takes],
  }),
}));
