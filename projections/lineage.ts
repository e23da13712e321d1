import { type Day, type DayNumber, isoDay } from '#events/days.ts';
import type { TermId } from '#events/values.ts';
import type { Coordinates } from './coordinates.ts';
import { diffWords } from './diff/words.ts';
import { Table } from './fold/apply.ts';
import { shownDay } from './fold/pending.ts';
import type { Scene } from './fold/scene.ts';
import { sheetOn } from './fold/sheet.ts';
import { type History, stateAt } from './history.ts';
import type { LineageEdge } from './state.ts';
import { type Stretch, stretchesWhere } from './stretches.ts';
import { lineageOf } from './term-history.ts';

/** One term that took the place of another, by one change. */
export type Descent = LineageEdge & {
  /** First day of the change; absent where that is not known. */
  readonly on?: Day;
  /** The part of the older prose that stands in the newer, 0 to 1; absent without older prose. */
  readonly kept?: number;
  /** The part of the newer prose that stood in the older, 0 to 1; absent without newer prose. */
  readonly taken?: number;
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

const stagesOf = (history: History, at: Coordinates): readonly Stage[] => {
  const { limits } = history.scene(at);
  return [(limits[0] ?? 0) - 1, ...limits].map((day, i) => {
    const { terms, lineage } = stateAt(history, { ...at, effectiveOn: isoDay(day) });
    const from = i === 0 ? undefined : isoDay(day);
    return { from, day, terms: new Set(terms.map(({ termId }) => termId)), lineage };
  });
};

const stretchesOf = (termId: TermId, stages: readonly Stage[]): Relative['inForce'] =>
  stretchesWhere<Day>(stages.map(({ from, terms }) => ({ from, holds: terms.has(termId) })));

const letters = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
const rounded = (share: number): number => Math.round(share * 1_000) / 1_000;

/** How much two texts share: words by the word diff, weighed by their letters and digits. */
const shares = (older: string, newer: string): Pick<Descent, 'kept' | 'taken'> => {
  const same = diffWords(older, newer)
    .filter(({ op }) => op === 'EQUAL')
    .reduce((sum, { text }) => sum + letters(text), 0);
  const [before, after] = [letters(older), letters(newer)];
  return {
    ...(before > 0 && { kept: rounded(same / before) }),
    ...(after > 0 && { taken: rounded(same / after) }),
  };
};

/** The edge with what the two terms said where the change is applied, in the fold's order of that day. */
const descent = (edge: LineageEdge, scene: Scene, day: number): Descent => {
  const table = new Table();
  for (const step of sheetOn(scene, day).steps) {
    const { change, from } = step.dated;
    if (change.changeId === edge.changeId && step.how !== 'gone') {
      const older = table.live.get(edge.from)?.content.prose ?? '';
      const brought = change.whole.find(({ termId }) => termId === edge.to);
      const newer = (brought ?? table.live.get(edge.to)?.content)?.prose ?? '';
      const on = shownDay(from);
      return { ...edge, ...(on && { on }), ...shares(older, newer) };
    }
    table.apply(step);
  }
  return edge;
};

const keyOf = ({ from, to, changeId }: LineageEdge): string => JSON.stringify([from, to, changeId]);

/** The edges over all days, each from the first day on which it is drawn. */
const edgesOf = (stages: readonly Stage[]) => {
  const first = new Map<string, { readonly edge: LineageEdge; readonly stage: number }>();
  for (const [stage, { lineage }] of stages.entries()) {
    for (const edge of lineage) {
      if (!first.has(keyOf(edge))) first.set(keyOf(edge), { edge, stage });
    }
  }
  return [...first.values()];
};

const byDay = (a: Descent, b: Descent): number => ((a.on ?? '') < (b.on ?? '') ? -1 : 1);

/**
 * Where a term came from and where it went, over all days, as known at the point; what the question assumes is left
 * out. The model has no shares in a split or merger, so they are told from the words that two terms share.
 */
export const lineageAt = (history: History, termId: TermId, at: Coordinates): Lineage => {
  const { assume: _, ...known } = at;
  const scene = history.scene(known);
  const stages = stagesOf(history, known);
  const drawn = edgesOf(stages);
  const all = drawn.map(({ edge }) => edge);
  const predecessors = lineageOf(termId, all, ['to', 'from']);
  const successors = lineageOf(termId, all, ['from', 'to']);
  const [older, newer] = [new Set([termId, ...predecessors]), new Set([termId, ...successors])];
  const edges = drawn
    .filter(
      ({ edge }) =>
        (older.has(edge.from) && older.has(edge.to)) ||
        (newer.has(edge.from) && newer.has(edge.to)),
    )
    .map(({ edge, stage }) => descent(edge, scene, stages[stage]?.day ?? 0));
  const relative = (of: TermId): Relative => ({ termId: of, inForce: stretchesOf(of, stages) });
  return {
    ...relative(termId),
    predecessors: predecessors.map(relative),
    successors: successors.map(relative),
    edges: edges.toSorted(byDay),
  };
};
