import { type Day, isoDay } from '#events/days.ts';
import type { TermId } from '#events/values.ts';
import { canonicalJson } from './canonical.ts';
import type { Coordinates } from './coordinates.ts';
import { type History, stateAt } from './history.ts';
import type { LineageEdge, TermState } from './state.ts';

/** A stretch of days `[from, until)` during which one term said the same; no `term`: it was not in force. */
export type TermSpan = {
  readonly from: Day;
  readonly until?: Day;
  readonly term?: TermState;
};

export type TermHistory = {
  readonly termId: TermId;
  readonly spans: readonly TermSpan[];
  /** Terms it came from, and terms that took its place, nearest first. */
  readonly predecessors: readonly TermId[];
  readonly successors: readonly TermId[];
};

type End = 'from' | 'to';

/** Everything that lineage leads to from a term, nearest first. */
export const lineageOf = (
  termId: TermId,
  edges: readonly LineageEdge[],
  [here, there]: readonly [End, End],
): readonly TermId[] => {
  const from = Map.groupBy(edges, (edge) => edge[here]);
  const reached = new Set([termId]);
  // A set grows under its own iteration: breadth first.
  for (const id of reached) {
    for (const edge of from.get(id) ?? []) reached.add(edge[there]);
  }
  return [...reached].slice(1);
};

const spansOf = (
  states: readonly { readonly from: Day; readonly term: TermState | undefined }[],
): readonly TermSpan[] => {
  const starts = states.filter(
    ({ term }, i) =>
      i === 0 || canonicalJson(term ?? 0) !== canonicalJson(states[i - 1]?.term ?? 0),
  );
  const spans = starts.map(({ from, term }, i) => {
    const until = starts[i + 1]?.from;
    return { from, ...(until && { until }), ...(term && { term }) };
  });
  return spans.slice(spans.findIndex(({ term }) => term !== undefined));
};

/** One term along the effective axis; undefined for a term that is never in force at this knowledge. */
export const termHistoryAt = (
  history: History,
  termId: TermId,
  at: Coordinates,
): TermHistory | undefined => {
  const { assume: _, ...known } = at;
  const days = history.scene(known).limits.map(isoDay);
  const answers = days.map((from) => ({
    from,
    state: stateAt(history, { ...known, effectiveOn: from }),
  }));
  const states = answers.map(({ from, state }) => ({
    from,
    term: state.terms.find((term) => term.termId === termId),
  }));
  if (states.every(({ term }) => term === undefined)) return undefined;
  const edges = answers.flatMap(({ state }) => state.lineage);
  return {
    termId,
    spans: spansOf(states),
    predecessors: lineageOf(termId, edges, ['to', 'from']),
    successors: lineageOf(termId, edges, ['from', 'to']),
  };
};
