import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { type DayNumber, isoDay, parseDay } from '#events/days.ts';
import type { TermId } from '#events/values.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { Table } from '#projections/fold/apply.ts';
import { shownDay } from '#projections/fold/pending.ts';
import type { Scene } from '#projections/fold/scene.ts';
import { sheetOn } from '#projections/fold/sheet.ts';
import { type History, historyOf, stateAt } from '#projections/history.ts';
import { type Descent, tracing } from '#projections/lineage.ts';
import { SharedWords, sharesOf } from '#projections/shared-words.ts';
import type { LineageEdge } from '#projections/state.ts';
import { lineageOf } from '#projections/term-history.ts';
import { randomHistory } from '../oracle/random-history.ts';
import { finished } from './finished.ts';
import { aHistory, DEAL, on, paper } from './record.ts';

const A = 'The tenant pays the rent on the first day of each month.';
const B = 'The landlord keeps the roof and the walls in good repair.';
const added = (id: string, prose: string) =>
  ['TermAdded', id, { termId: id, kind: 'K', prose }] as const;
const replaced = (from: readonly string[], to: object) =>
  ['TermsReplaced', from.join('-'), { from, to: Object.entries(to).map(term) }] as const;
const term = ([termId, prose]: readonly [string, unknown]) => ({ termId, kind: 'K', prose });
const first = paper(
  '2020-01-02',
  'lease',
  { executedAt: '2020-01-02' },
  added('a', A),
  added('b', B),
);

const traced = (history: ReturnType<typeof aHistory>, id: string, at = on('2020-01-01')) =>
  finished(tracing(history, id as TermId, at));

describe('a lineage', () => {
  const merged = paper(
    '2021-01-01',
    'merger',
    { executedAt: '2021-01-01' },
    replaced(['a', 'b'], { c: `${A} ${B}` }),
  );
  const split = paper(
    '2022-01-01',
    'split',
    { executedAt: '2022-01-01' },
    replaced(['c'], { d: A, e: 'Something else.' }),
  );
  const history = aHistory(first, merged, split);

  test('leads back and on, nearest first, with the days in force', () => {
    expect(traced(history, 'c')).toMatchObject({
      inForce: [{ from: '2021-01-01', until: '2022-01-01' }],
      predecessors: [
        { termId: 'a', inForce: [{ from: '2020-01-02', until: '2021-01-01' }] },
        { termId: 'b' },
      ],
      successors: [{ termId: 'd', inForce: [{ from: '2022-01-01' }] }, { termId: 'e' }],
    });
    expect(traced(history, 'd').predecessors.map(({ termId }) => termId)).toEqual(['c', 'a', 'b']);
    expect(traced(history, 'd').edges.map(({ to }) => to)).toEqual(['c', 'c', 'd']);
  });

  test('tells what the words of each were to the other', () => {
    const shared = traced(history, 'c').edges.map(({ from, to, on: day, kept, taken }) => [
      ...[from, to, day, kept],
      Math.round((taken ?? 0) * 10) / 10,
    ]);
    expect(shared).toEqual([
      ['a', 'c', '2021-01-01', 1, 0.5],
      ['b', 'c', '2021-01-01', 1, 0.5],
      ['c', 'd', '2022-01-01', expect.closeTo(0.5, 1), 1],
      ['c', 'e', '2022-01-01', expect.closeTo(0, 0), expect.closeTo(0, 0)],
    ]);
  });

  test('is that of what was known, and what is scheduled belongs to it', () => {
    const before = traced(history, 'c', on('2030-01-01', { knownAt: '2021-06-01' }));
    expect(before.successors).toEqual([]);
    const scheduled = paper(
      '2020-02-01',
      'later',
      { executedAt: '2020-02-01', effectiveFrom: '2040-01-01' },
      replaced(['a'], { z: A }),
    );
    expect(traced(aHistory(first, scheduled), 'a').successors).toMatchObject([
      { termId: 'z', inForce: [{ from: '2040-01-01' }] },
    ]);
  });
});

test('of many terms that took the place of many applies the changes of a day once', () => {
  const many = Array.from({ length: 60 }, (_, i) => `a${i}`);
  const terms = Object.fromEntries(many.map((id) => [`to-${id}`, `${B} ${id}`]));
  const old = paper(
    '2020-01-02',
    'old',
    { executedAt: '2020-01-02' },
    ...many.map((id) => added(id, A)),
  );
  const now = paper('2021-01-01', 'now', { executedAt: '2021-01-01' }, replaced(many, terms));
  const history = aHistory(old, now);
  const applied = vi.spyOn(Table.prototype, 'apply');
  const { edges } = traced(history, 'a1');
  const { length } = applied.mock.calls;
  applied.mockRestore();
  expect(edges).toHaveLength(60);
  expect(edges.every(({ kept }) => kept !== undefined)).toBe(true);
  // Two days and the one before, and once more for the words.
  expect(length).toBeLessThan(5 * 61);
});

test('of a change is drawn by the same edges on all days and at all states of knowledge', () => {
  const split = replaced(['a'], { c: A, d: B });
  const history = aHistory(
    first,
    paper('2021-01-01', 'split', { executedAt: '2021-01-01' }, split),
    paper('2022-01-01', 'third', { executedAt: '2022-01-01' }, replaced(['b'], { e: B })),
  );
  const known = on('2022-06-01', { knownAt: '2021-06-01' });
  const [early, late, then] = [on('2021-06-01'), on('2022-06-01'), known].map(
    (at) => stateAt(history, at).lineage,
  );
  expect(early).toHaveLength(2);
  expect(late).toHaveLength(3);
  for (const [place, edge] of (early ?? []).entries()) {
    expect(late?.[place]).toBe(edge);
    expect(then?.[place]).toBe(edge);
  }
});

test('pauses behind the state of each boundary', () => {
  const days = ['2021-01-01', '2022-01-01', '2023-01-01'];
  const papers = days.map((day) =>
    paper(day, day, { executedAt: day }, [
      'TermAmended',
      'b',
      { termId: 'b', values: { prose: day } },
    ]),
  );
  const work = tracing(aHistory(first, ...papers), 'b' as TermId, on('2020-01-01'));
  let pauses = 0;
  while (work.next().done !== true) pauses++;
  expect(pauses).toBe(5);
});

test('tells shares until there is no work left for them, of one pair at least', () => {
  const shared = new SharedWords(1);
  const long = 'word '.repeat(200_000);
  expect(shared.between(long, long)).toEqual({ kept: 1, taken: 1 });
  expect(shared.between(A, A)).toEqual({});
  const usual = new SharedWords();
  const told = Array.from({ length: 2_000 }, () => usual.between(A, B));
  expect(told).toEqual(told.map(() => sharesOf(A, B)));
});

/** One edge as the changes of its day draw it, all of them applied for it alone. */
const slowly = (edge: LineageEdge, scene: Scene, day: DayNumber): Descent => {
  const table = new Table();
  for (const step of sheetOn(scene, day).steps) {
    const { change, from } = step.dated;
    if (change.changeId === edge.changeId && step.how !== 'gone') {
      const older = table.live.get(edge.from)?.content.prose ?? '';
      const brought = change.whole.find(({ termId }) => termId === edge.to);
      const newer = (brought ?? table.live.get(edge.to)?.content)?.prose ?? '';
      const day = shownDay(from);
      return { ...edge, ...(day && { on: day }), ...sharesOf(older, newer) };
    }
    table.apply(step);
  }
  return edge;
};

/** The edges of all days, each as on the first day that has it. */
const slowEdges = (history: History, at: Coordinates): ReadonlyMap<string, Descent> => {
  const scene = history.scene(at);
  const found = new Map<string, Descent>();
  for (const day of [(scene.limits[0] ?? 0) - 1, ...scene.limits]) {
    for (const edge of stateAt(history, { ...at, effectiveOn: isoDay(day) }).lineage) {
      const key = keyOf(edge);
      if (!found.has(key)) found.set(key, slowly(edge, scene, day));
    }
  }
  return found;
};

const keyOf = ({ from, to, changeId }: LineageEdge): string => JSON.stringify([from, to, changeId]);

const byKey = (a: LineageEdge, b: LineageEdge) => (keyOf(a) < keyOf(b) ? -1 : 1);

const FIRST = parseDay('2024-11-01');
const LAST = parseDay('2026-03-01');

const replacing = randomHistory.filter(({ events }) =>
  events.some(({ type }) => type === 'TermsReplaced' || type === 'AgreementRestated'),
);

test('is what the answers of all single days say', { timeout: 300_000 }, () => {
  let many = 0;
  const property = fc.property(replacing, ({ events, questions }) => {
    const history = historyOf(DEAL, events);
    const { uncertain = 'REPORT' } = questions[0] ?? {};
    const at = on('2025-01-01', { uncertain });
    const days = Array.from({ length: LAST - FIRST + 1 }, (_, i) => isoDay(FIRST + i));
    const states = days.map((effectiveOn) => ({
      effectiveOn,
      state: stateAt(history, { ...at, effectiveOn }),
    }));
    const drawn = states.flatMap(({ state }) => state.lineage);
    const edges = slowEdges(history, at);
    for (const id of ['t1', 't2', 't3'] as TermId[]) {
      const lineage = finished(tracing(history, id, at));
      const ids = (list: typeof lineage.successors) => list.map(({ termId }) => termId).toSorted();
      expect(ids(lineage.predecessors)).toEqual(
        [...lineageOf(id, drawn, ['to', 'from'])].toSorted(),
      );
      expect(ids(lineage.successors)).toEqual([...lineageOf(id, drawn, ['from', 'to'])].toSorted());
      for (const { effectiveOn, state } of states) {
        const there = state.terms.some(({ termId }) => termId === id);
        const said = lineage.inForce.some(
          ({ from = '', until }) =>
            from <= effectiveOn && (until === undefined || effectiveOn < until),
        );
        expect([effectiveOn, said]).toEqual([effectiveOn, there]);
      }
      const near = [lineage.predecessors, lineage.successors].map(
        (list) => new Set([id, ...list.map(({ termId }) => termId)]),
      );
      const wanted = [...edges.values()].filter(({ from, to }) =>
        near.some((terms) => terms.has(from) && terms.has(to)),
      );
      expect(lineage.edges.toSorted(byKey)).toEqual(wanted.toSorted(byKey));
      for (const { on: day, kept = 0, taken = 0 } of lineage.edges) {
        expect(day).toBeDefined();
        expect(Math.max(kept, taken)).toBeLessThanOrEqual(1);
        many++;
      }
    }
  });
  void fc.assert(property, { numRuns: 60 });
  expect(many).toBeGreaterThan(10);
});
