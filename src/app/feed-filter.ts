import type { DataOf, Recorded } from '#events/event.ts';
import { isChange } from '#events/event.ts';
import type { TermId } from '#events/values.ts';
import { askedChange } from '#events/verbs.ts';
import type { ChangeStanding, ChangeView } from '#projections/change-view.ts';
import type { MaterialFlag } from '#projections/diff/material-rules.ts';
import { bringsIn, termsOf } from '#projections/fold/change.ts';
import type { History } from '#projections/history.ts';
import type { Judged } from '#projections/materiality.ts';
import type { NoticeKind } from '#projections/notices.ts';
import type { LineageEdge } from '#projections/state.ts';
import { lineageOf } from '#projections/term-history.ts';

/** What a subscriber wants to see; what is left out does not restrict. */
export type FeedFilter = {
  readonly agreement?: string;
  readonly term?: string;
  /** Follow the term into those that replaced it. */
  readonly followLineage?: boolean;
  /** Event types, such as TermAmended. */
  readonly types?: readonly string[];
  /** Term kinds, such as EXCLUSIVITY. */
  readonly kinds?: readonly string[];
  /** Standings of changes, such as SCHEDULED, on the day they are told of. */
  readonly standings?: readonly ChangeStanding[];
  /**
   * Keep changes that matter by one of these rules (none named: by any). Where no day is known on which to judge
   * a change, it is kept.
   */
  readonly material?: readonly MaterialFlag[];
  /** Leave out notices that no event stands for, such as CHANGE_TOOK_EFFECT. */
  readonly recordedOnly?: boolean;
  /** Of the notices only these. */
  readonly notices?: readonly NoticeKind[];
  /** How long before its day an end or a long stop is told of: an ISO 8601 duration. Default P30D. */
  readonly noticePeriod?: string;
};

type ClaimEvent = DataOf<'ClaimReported'>;

const claimTerms = ({ about = [], proposedChanges = [] }: ClaimEvent): readonly TermId[] => [
  ...about,
  ...proposedChanges.flatMap((input) => {
    const { verb: _, data } = askedChange(input);
    return 'termId' in data ? [data.termId] : 'from' in data ? data.from : [];
  }),
];

/** The terms an event is about; a record operation is about its target's. */
export const termsOfEvent = (history: History, event: Recorded): readonly TermId[] => {
  if (isChange(event)) return termsOf(event);
  switch (event.type) {
    case 'ClaimReported':
      return claimTerms(event.data);
    case 'ClaimAssessed':
    case 'ClaimResolved': {
      const { claimId } = event.data;
      return history.events.flatMap((other) =>
        other.type === 'ClaimReported' && other.data.claimId === claimId
          ? claimTerms(other.data)
          : [],
      );
    }
    case 'RecordCorrected':
    case 'RecordRetracted': {
      const target = history.events.find((other) => other.id === event.data.target);
      // A target lies before its operation, so this ends.
      return target === undefined ? [] : termsOfEvent(history, target);
    }
    default:
      return [];
  }
};

const edgesOf = (event: Recorded): readonly LineageEdge[] => {
  if (event.type === 'TermsReplaced') {
    const { from, to, changeId } = event.data;
    return from.flatMap((old) => to.map((term) => ({ from: old, to: term.termId, changeId })));
  }
  if (event.type !== 'AgreementRestated') return [];
  const { mapping, changeId } = event.data;
  return mapping.flatMap(({ from, to }) =>
    to === null || to === from ? [] : { from, to, changeId },
  );
};

/** The term and, as far as recorded by the position, those that took its place. */
const followed = (history: History, term: TermId, position: number): ReadonlySet<string> => {
  const edges = history.events.filter((event) => event.position <= position).flatMap(edgesOf);
  return new Set([term, ...lineageOf(term, edges, ['from', 'to'])]);
};

const kindsOf = (history: History, terms: readonly TermId[]): ReadonlySet<string> =>
  new Set(
    history.events.flatMap((event) => {
      if (!isChange(event)) return [];
      const brought = bringsIn(event);
      if (!brought.some((termId) => terms.includes(termId))) return [];
      if (event.type === 'TermAdded') return event.data.kind;
      if (event.type === 'TermsReplaced') return event.data.to.map((term) => term.kind);
      return event.type === 'AgreementRestated' ? event.data.terms.map((term) => term.kind) : [];
    }),
  );

/** Whether a change, if there is one, stands as wanted. */
export const passesStanding = (
  { standings }: FeedFilter,
  change: ChangeView | undefined,
): boolean =>
  standings === undefined || (change !== undefined && standings.includes(change.standing));

/** Whether a change matters as wanted; it is judged only where that is asked. */
export const passesMaterial = ({ material }: FeedFilter, judge: () => Judged): boolean => {
  if (material === undefined) return true;
  const judged = judge();
  if (judged === undefined) return true;
  return material.length === 0 ? judged.size > 0 : material.some((flag) => judged.has(flag));
};

/** Whether something about these terms, at this place in the log, passes the filter's term and kinds. */
export const passesTerms = (
  { term, followLineage = false, kinds }: FeedFilter,
  history: History,
  { terms, position }: { readonly terms: readonly TermId[]; readonly position: number },
): boolean => {
  if (term !== undefined) {
    const wanted = followLineage
      ? followed(history, term as TermId, position)
      : new Set<string>([term]);
    if (!terms.some((termId) => wanted.has(termId))) return false;
  }
  if (kinds === undefined) return true;
  const found = kindsOf(history, terms);
  return kinds.some((kind) => found.has(kind));
};
