import type { ChangeId, TermId } from '#events/values.ts';
import type { AgreementState, EndedTerm, TermState } from '../state.ts';
import { type Attribution, betweenChains, type Causes, decidedBy } from './causes.ts';
import { dateChange } from './dates.ts';
import type { DiffEntry, Effect, Unweighed } from './entry.ts';
import type { Match } from './match.ts';
import type { Places } from './places.ts';
import { diffValues, effectOf, SAME_VALUE } from './values.ts';

/** Two states, and what is worked out once for all their terms. */
export type Comparison = {
  readonly from: AgreementState;
  readonly to: AgreementState;
  readonly causes: Causes;
  readonly places: Places;
  readonly endedBefore: ReadonlyMap<TermId, EndedTerm>;
  readonly endedAfter: ReadonlyMap<TermId, EndedTerm>;
};

type Found = Partial<
  Pick<
    DiffEntry,
    'fields' | 'facts' | 'words' | 'dates' | 'standing' | 'certain' | 'leaves' | 'takes'
  >
>;

type Draft = Found & { readonly effect: Effect; readonly why: Attribution };

const entry = (match: Match, draft: Draft): Unweighed => {
  const { effect, why, standing, certain, ...found } = draft;
  return {
    kind: why.corrected ? 'CORRECTED' : effect,
    effect,
    ...(match.matchedBy && { matchedBy: match.matchedBy }),
    from: match.from,
    to: match.to,
    ...SAME_VALUE,
    dates: [],
    leaves: [],
    takes: [],
    ...found,
    ...(standing && { standing }),
    ...(certain && { certain }),
    causedBy: why.causedBy,
    revisions: why.revisions,
  };
};

/** The places of terms that do not simply stay where they are. */
const shifts = ({ places }: Comparison, { from, to }: Match): Found => ({
  leaves: from
    .filter((term) => !places.stays(term.termId))
    .map((term) => places.oldPlace(term.termId)),
  takes: to
    .filter((term) => !places.stays(term.termId))
    .map((term) => places.newPlace(term.termId)),
});

/** What a term's end or its coming is put down to: what ended it, else what its value came from. */
const bringer = (term: TermState): readonly ChangeId[] => term.causedBy.slice(0, 1);

const OUTLASTED = new Set<EndedTerm['standing']>(['EXPIRED', 'TERMINATED', 'VOIDED']);

/** A term that runs out has not been changed by anybody: its standing is other, not its text. */
const runsOut = (ended: EndedTerm | undefined): ended is EndedTerm =>
  ended !== undefined && OUTLASTED.has(ended.standing);

const ofGone = (comparison: Comparison, match: Match, term: TermState): Unweighed => {
  const ended = comparison.endedAfter.get(term.termId);
  const by = ended?.causedBy;
  const why = decidedBy(comparison.causes, by === undefined ? bringer(term) : [by]);
  const shifted = shifts(comparison, match);
  if (runsOut(ended)) {
    const standing = { old: 'IN_FORCE', new: ended.standing } as const;
    return entry(match, { effect: 'STANDING_CHANGED', why, standing, ...shifted });
  }
  const values = diffValues(match.from, match.to);
  return entry(match, { effect: 'REMOVED', why, ...values, ...shifted });
};

const ofCome = (comparison: Comparison, match: Match, term: TermState): Unweighed => {
  const ended = comparison.endedBefore.get(term.termId);
  const by = ended?.causedBy;
  const deciding = by === undefined ? bringer(term) : [by];
  const { causes } = comparison;
  const decided = decidedBy(causes, deciding);
  const own = { ...decidedBy(causes, term.causedBy), corrected: false };
  const why = decided.corrected ? decided : own;
  const shifted = shifts(comparison, match);
  if (runsOut(ended)) {
    const standing = { old: ended.standing, new: 'IN_FORCE' } as const;
    return entry(match, { effect: 'STANDING_CHANGED', why, standing, ...shifted });
  }
  const values = diffValues(match.from, match.to);
  return entry(match, { effect: 'ADDED', why, ...values, ...shifted });
};

const shapeOf = ({ from, to }: Match): Effect => {
  if (from.length === 1 && to.length > 1) return 'SPLIT';
  return from.length > 1 && to.length === 1 ? 'MERGED' : 'REPLACED';
};

const chain = (terms: readonly TermState[]): readonly ChangeId[] =>
  terms.flatMap(({ causedBy }) => causedBy);

/** What brought the terms of either side in or ended them, where lineage names no change. */
const turnover = ({ endedBefore, endedAfter }: Comparison, { from, to }: Match) => [
  ...from.flatMap(({ termId }) => endedAfter.get(termId)?.causedBy ?? []),
  ...to.flatMap(({ termId }) => endedBefore.get(termId)?.causedBy ?? []),
  ...[...from, ...to].flatMap(bringer),
];

const ofReplaced = (comparison: Comparison, match: Match): Unweighed => {
  const { from, to, changes } = match;
  const { causes } = comparison;
  const before = new Set(chain(from));
  const came = chain(to).filter((id) => !before.has(id));
  const deciding = changes.length > 0 ? changes : turnover(comparison, match);
  const { corrected } = decidedBy(causes, deciding);
  const causedBy = [...(corrected ? deciding : changes), ...came];
  const why = { ...decidedBy(causes, causedBy), corrected };
  const found = { ...diffValues(from, to), ...shifts(comparison, match) };
  return entry(match, { effect: shapeOf(match), why, ...found });
};

type Pair = { readonly old: TermState; readonly now: TermState };

const ofValue = ({ causes }: Comparison, match: Match, { old, now }: Pair): readonly Draft[] => {
  const values = diffValues(match.from, match.to);
  const dates = dateChange('IN_FORCE_SINCE', old.inForceSince, now.inForceSince);
  const effect = effectOf(values) ?? (dates.length > 0 ? 'DATE_CHANGED' : undefined);
  if (effect === undefined) return [];
  return [{ effect, why: betweenChains(causes, old.causedBy, now.causedBy), ...values, dates }];
};

const switching = ({ overlays }: TermState): readonly ChangeId[] =>
  overlays.map(({ changeId }) => changeId);

const ofOverlays = ({ causes }: Comparison, { old, now }: Pair): readonly Draft[] => {
  if (old.applies === now.applies) return [];
  const [on, off] = now.applies
    ? [switching(old), switching(now)]
    : [switching(now), switching(old)];
  const why = decidedBy(
    causes,
    on.filter((id) => !off.includes(id)),
  );
  return [{ effect: now.applies ? 'RESUMED' : 'SUSPENDED', why }];
};

const ofPlace = (comparison: Comparison, match: Match, { old, now }: Pair): readonly Draft[] => {
  if (comparison.places.stays(now.termId)) return [];
  const why = betweenChains(comparison.causes, old.causedBy, now.causedBy);
  return [{ effect: 'MOVED', why, ...shifts(comparison, match) }];
};

const ofDoubt = ({ causes }: Comparison, { old, now }: Pair): readonly Draft[] => {
  if (old.certain === now.certain) return [];
  const standing = { old: 'IN_FORCE', new: 'IN_FORCE' } as const;
  const certain = { old: old.certain, new: now.certain };
  const why = betweenChains(causes, old.causedBy, now.causedBy);
  return [{ effect: 'STANDING_CHANGED', why, standing, certain }];
};

/** One entry for each way in which a term that both states have differs. */
const ofPair = (comparison: Comparison, match: Match, pair: Pair): readonly Unweighed[] =>
  [
    ...ofValue(comparison, match, pair),
    ...ofOverlays(comparison, pair),
    ...ofPlace(comparison, match, pair),
    ...ofDoubt(comparison, pair),
  ].map((draft) => entry(match, draft));

/** The entries of one match; none where its terms are the same. */
export const entriesOf = (comparison: Comparison, match: Match): readonly Unweighed[] => {
  const [old, now] = [match.from[0], match.to[0]];
  if (old === undefined) return now === undefined ? [] : [ofCome(comparison, match, now)];
  if (now === undefined) return [ofGone(comparison, match, old)];
  if (match.matchedBy !== 'ID') return [ofReplaced(comparison, match)];
  return ofPair(comparison, match, { old, now });
};
