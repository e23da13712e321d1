import type { AgreementId } from '#events/values.ts';
import type { AgreementState, TermState } from '../state.ts';
import { diffAgreement } from './agreement.ts';
import { causesOf } from './causes.ts';
import type { DiffEntry, Unweighed } from './entry.ts';
import { type Match, matchTerms } from './match.ts';
import { materialIn } from './material.ts';
import { moved, withMoves } from './moves.ts';
import { partyNames } from './party-names.ts';
import { placesOf } from './places.ts';
import { type Comparison, entriesOf } from './term-entries.ts';

/** What is different in one state of an agreement from another, in the reading order of the newer one. */
export type StateDiff = {
  readonly agreementId: AgreementId;
  readonly entries: readonly DiffEntry[];
};

type Rank = readonly [number, number];

const comparing = (from: AgreementState, to: AgreementState): Comparison => ({
  from,
  to,
  causes: causesOf(from, to),
  places: placesOf(from.terms, to.terms),
  endedBefore: new Map(from.ended.map((term) => [term.termId, term])),
  endedAfter: new Map(to.ended.map((term) => [term.termId, term])),
});

/** The first term of the new side gives a match its place; what is gone stands where it stood. */
const rankOf = ({ places }: Comparison, { from, to }: Match): Rank => {
  const [first]: readonly TermState[] = to.length > 0 ? to : from;
  return first === undefined ? [-1, 0] : places.rank(first.termId);
};

/** Says of all differences at once what moved, and then of each why it matters. */
const weighed = (
  entries: readonly Unweighed[],
  { parties: before }: AgreementState,
  { parties: after }: AgreementState,
): readonly DiffEntry[] => {
  const names = partyNames([...before, ...after]);
  const lists = withMoves(entries.map(({ words }) => words));
  const moves = moved(lists);
  return entries.map((entry, at) => {
    const now = { ...entry, words: lists[at] ?? [] };
    return { ...now, material: materialIn({ ...now, moves }, names) };
  });
};

/**
 * What is different in `to` from `from`, two states of one agreement: between two days, what changed in the deal;
 * between two states of knowledge, what we restated (model §8). Terms are matched by id, then by lineage,
 * then by structure, and only then compared word by word. Entries: the agreement itself; then the terms in the
 * reading order of `to`, those that are gone behind their old predecessor; then the days of changes still to come.
 * Compared are a term's value, its place, whether it applies, since when, and whether that is certain; not its evidence,
 * its affirmations, nor overlays that leave it applying. Passages that moved, within a term or from one to another, are
 * looked for over all terms at once (see {@link withMoves}). Equal states give no entries.
 */
export const diffStates = (from: AgreementState, to: AgreementState): StateDiff => {
  const { agreementId } = to;
  if (from === to) return { agreementId, entries: [] };
  const comparison = comparing(from, to);
  const whole = diffAgreement(from, to, comparison.causes);
  const terms = matchTerms(from, to)
    .map((match) => ({ rank: rankOf(comparison, match), match }))
    .toSorted((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1])
    .flatMap(({ match }) => entriesOf(comparison, match));
  return { agreementId, entries: weighed([...whole.first, ...terms, ...whole.last], from, to) };
};
