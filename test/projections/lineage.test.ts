import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDay, parseDay } from '#events/days.ts';
import type { TermId } from '#events/values.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import { lineageAt } from '#projections/lineage.ts';
import { lineageOf } from '#projections/term-history.ts';
import { randomHistory } from '../oracle/random-history.ts';
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
  lineageAt(history, id as TermId, at);

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
    for (const id of ['t1', 't2', 't3'] as TermId[]) {
      const lineage = lineageAt(history, id, at);
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
