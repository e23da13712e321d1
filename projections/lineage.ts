import type { Day, DayNumber } from '#events/days.ts';
import type { TermId } from '#events/values.ts';
import { acrossDays, type Paused } from './across-days.ts';
import type { Coordinates } from './coordinates.ts';
import { Table } from './fold/apply.ts';
import type { Dated } from './fold/dates.ts';
import { shownDay } from './fold/pending.ts';
import type { Sheet } from './fold/scene.ts';
import { sheetOn } from './fold/sheet.ts';
import type { History } from './history.ts';
import { SharedWords, type Shares } from './shared-words.ts';
import type { LineageEdge } from './state.ts';
import { type Stretch, stretchesWhere } from './stretches.ts';
import { lineageOf } from './term-history.ts';

/** One term that took the place of another, by one change. */
export type Descent = LineageEdge &
  Shares & {
    /** First day of the change; absent where that is not known. */
    readonly on?: Day;
  };

/** A term in a lineage, and the days `[from, until)` on which it is in force. */
export type Relative = {
  readonly termId: TermId;
  readonly inForce: readonly Stretch<Day>[];
};

export type Lineage = {
  readonly termId: TermId;
  readonly inForce: Relative['inForce'];
  /** The terms that it came from, and those that took its place, nearest first. */
  readonly predecessors: readonly Relative[];
  readonly successors: readonly Relative[];
  /** The edges between them, in the order of their days. */
  readonly edges: readonly Descent[];
};

/** What is in force and which lineage is drawn, from one day on; absent: before all others. */
type Stage = {
  readonly from: Day | undefined;
  readonly day: DayNumber;
  readonly terms: ReadonlySet<TermId>;
  readonly lineage: readonly LineageEdge[];
};

function* stagesOf(history: History, at: Coordinates): Paused<readonly Stage[]> {
  const stages = yield* acrossDays(history, at, ({ terms, lineage }, day) => ({
    day,
    terms: new Set(terms.map(({ termId }) => termId)),
    lineage,
  }));
  return stages.map(({ from, seen }) => ({ from, ...seen }));
}

const stretchesOf = (termId: TermId, stages: readonly Stage[]): Relative['inForce'] =>
  stretchesWhere<Day>(stages.map(({ from, terms }) => ({ from, holds: terms.has(termId) })));

/** What the terms of some edges of one change said where that is applied. */
const told = (
  edges: readonly LineageEdge[],
  { change, from }: Dated,
  [{ live }, shared]: readonly [Table, SharedWords],
): ReadonlyMap<LineageEdge, Descent> => {
  const on = shownDay(from);
  const brought = new Map(change.whole.toReversed().map((term) => [term.termId, term]));
  return new Map(
    edges.map((edge) => {
      const older = live.get(edge.from)?.content.prose ?? '';
      const newer = (brought.get(edge.to) ?? live.get(edge.to)?.content)?.prose ?? '';
      return [edge, { ...edge, ...(on && { on }), ...shared.between(older, newer) }];
    }),
  );
};

/** Edges of one day with what their terms said, the changes applied once for all in the fold's order of that day. */
const descents = (
  edges: readonly LineageEdge[],
  { steps }: Sheet,
  shared: SharedWords,
): readonly Descent[] => {
  const waiting = Map.groupBy(edges, ({ changeId }) => changeId);
  const found = new Map<LineageEdge, Descent>();
  const table = new Table();
  for (const step of steps) {
    const { changeId } = step.dated.change;
    const those = step.how === 'gone' ? undefined : waiting.get(changeId);
    if (those !== undefined) {
      for (const [edge, one] of told(those, step.dated, [table, shared])) found.set(edge, one);
      waiting.delete(changeId);
    }
    if (waiting.size === 0) break;
    table.apply(step);
  }
  return edges.map((edge) => found.get(edge) ?? edge);
};

const keyOf = ({ from, to, changeId }: LineageEdge): string => JSON.stringify([from, to, changeId]);

/** The edges that are drawn on a stage and on none before. */
type Drawn = { readonly day: DayNumber; readonly edges: readonly LineageEdge[] };

/**
 * The edges over all days. Those of one change from one term are drawn together or not at all, and are the same objects
 * on all days, so that their first one tells whether they were there before.
 */
const drawnIn = (stages: readonly Stage[]): readonly Drawn[] => {
  const known = new Set<LineageEdge>();
  return stages.map(({ day, lineage }) => {
    let last: LineageEdge | undefined;
    let isNew = false;
    const edges = lineage.filter((edge) => {
      if (edge.from !== last?.from || edge.changeId !== last.changeId) {
        isNew = !known.has(edge);
        known.add(edge);
      }
      last = edge;
      return isNew;
    });
    return { day, edges };
  });
};

type IsWanted = (edge: LineageEdge) => boolean;

/** Whether both ends of an edge are among the same terms, asked of each edge but once, whatever drew it. */
const onceWithin = (...related: readonly ReadonlySet<TermId>[]): IsWanted => {
  const told = new Set<string>();
  return (edge) => {
    if (!related.some((terms) => terms.has(edge.from) && terms.has(edge.to))) return false;
    const key = keyOf(edge);
    const isFirst = !told.has(key);
    told.add(key);
    return isFirst;
  };
};

const byDay = (a: Descent, b: Descent): number => ((a.on ?? '') < (b.on ?? '') ? -1 : 1);

/**
 * Where a term came from and where it went, over all days, as known at the point; what the question assumes is left
 * out. The model has no shares in a split or merger, so they are told from the words that two terms share.
 *
 * It takes a state for each boundary, and pauses behind each of them.
 *
 * @param at with a position where the history may grow during a pause
 */
export function* tracing(history: History, termId: TermId, at: Coordinates): Paused<Lineage> {
  const { assume: _, ...known } = at;
  const stages = yield* stagesOf(history, known);
  const scene = history.scene(known);
  const drawn = drawnIn(stages);
  const all = drawn.flatMap(({ edges }) => edges);
  const predecessors = lineageOf(termId, all, ['to', 'from']);
  const successors = lineageOf(termId, all, ['from', 'to']);
  const isWanted = onceWithin(new Set([termId, ...predecessors]), new Set([termId, ...successors]));
  const shared = new SharedWords();
  const edges = drawn.flatMap(({ day, edges: those }) =>
    descents(those.filter(isWanted), sheetOn(scene, day), shared),
  );
  const relative = (of: TermId): Relative => ({ termId: of, inForce: stretchesOf(of, stages) });
  return {
    ...relative(termId),
    predecessors: predecessors.map(relative),
    successors: successors.map(relative),
    edges: edges.toSorted(byDay),
  };
}
