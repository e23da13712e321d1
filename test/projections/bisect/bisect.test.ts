import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDay, parseDay } from '#events/days.ts';
import { endOfDay, isoInstant } from '#events/instants.ts';
import { bisecting } from '#projections/bisect/bisect.ts';
import { type Condition, condition } from '#projections/bisect/condition.ts';
import { holdsIn } from '#projections/bisect/holds.ts';
import { type Coordinates, coordinates } from '#projections/coordinates.ts';
import { type History, historyOf, stateAt } from '#projections/history.ts';
import { type RandomHistory, randomHistory } from '../../oracle/random-history.ts';
import { finished } from '../finished.ts';
import { aHistory, DEAL, on, paper, told } from '../record.ts';

const ZONE = 'America/New_York';
const FIRST = parseDay('2024-11-01');
const LAST = parseDay('2026-03-01');
const DAYS = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i);

const ask = (form: object) => condition.parse(form);

const bisect = (history: History, wanted: Condition, at: Coordinates) =>
  finished(bisecting(history, wanted, at));

const term = fc.constantFrom('t1', 't2', 't3');
const price = fc.integer({ min: 0, max: 12 }).map((n) => ({ percent: String(n) }));
const statement = fc.oneof(
  term.map((inForce) => ({ inForce })),
  term.map((applies) => ({ applies })),
  fc.constantFrom('K', 'PRICE').map((kindInForce) => ({ kindInForce })),
  term.map((one) => ({ termKind: { term: one, kind: 'K' } })),
  fc
    .tuple(term, fc.constantFrom('EQUALS', 'ABOVE', 'BELOW'), price)
    .map(([one, is, value]) => ({ fact: { term: one, name: 'price', is, value } })),
  fc.constantFrom('IN_FORCE', 'TERMINATED', 'SCHEDULED').map((standing) => ({ standing })),
  term.map((one) => ({ evidence: { term: one, atLeast: 'PARTY_STATEMENT' } })),
  term.map((one) => ({ says: { term: one, words: 'said' } })),
  fc.constantFrom('q0', 'q1').map((claimOpen) => ({ claimOpen })),
);
const part = fc.oneof(
  statement,
  statement.map((not) => ({ not })),
);
const anyCondition = fc.oneof(
  part,
  fc.array(part, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
  fc.array(part, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
);

const within = <T>(
  stretches: readonly { readonly from?: T; readonly until?: T }[],
  isAt: (bound: T) => boolean,
): boolean =>
  stretches.some(
    ({ from, until }) =>
      (from === undefined || isAt(from)) && (until === undefined || !isAt(until)),
  );

const byDays = (history: History, form: object, at: Coordinates) => {
  const wanted = ask(form);
  const { assume: _, ...known } = at;
  const { days } = bisect(history, wanted, at);
  for (const day of DAYS) {
    const state = stateAt(history, { ...known, effectiveOn: isoDay(day) });
    const said = within(days, (bound) => parseDay(bound) <= day);
    expect([isoDay(day), said]).toEqual([isoDay(day), holdsIn(wanted, state)]);
  }
  return days.length;
};

const byPositions = ({ events }: RandomHistory, form: object, at: Coordinates) => {
  const wanted = ask(form);
  const history = historyOf(DEAL, events);
  const { assume: _, position: __, knownAt: ___, ...known } = at;
  if (known.knowledge === 'PUBLIC') return byAnnouncement(history, form, known);
  const stretches = bisect(history, wanted, known).known;
  for (let position = 0; position <= events.length; position++) {
    const state = stateAt(history, { ...known, position });
    const said = within(stretches, (bound) => (bound.position ?? 0) <= position);
    expect([position, said]).toEqual([position, holdsIn(wanted, state)]);
  }
  return stretches.length;
};

const byAnnouncement = (history: History, form: object, known: Coordinates) => {
  const wanted = ask(form);
  const stretches = bisect(history, wanted, known).known;
  for (const day of DAYS) {
    const knownAt = isoInstant(endOfDay(day, ZONE));
    const state = stateAt(history, coordinates.parse({ ...known, knownAt }));
    const said = within(stretches, (bound) => Date.parse(bound.at) <= Date.parse(knownAt));
    expect([knownAt, said]).toEqual([knownAt, holdsIn(wanted, state)]);
  }
  return stretches.length;
};

test('the stretches are those that every single day, position and announcement gives', {
  timeout: 300_000,
}, () => {
  let [days, known] = [0, 0];
  const property = fc.property(randomHistory, anyCondition, (random, form) => {
    const history = historyOf(DEAL, random.events);
    const [at] = random.questions;
    if (at === undefined) return;
    days += byDays(history, form, at);
    known += byPositions(random, form, at);
  });
  void fc.assert(property, { numRuns: 120 });
  expect(days).toBeGreaterThan(20);
  expect(known).toBeGreaterThan(20);
});

describe('a condition', () => {
  const history = aHistory(
    paper('2024-01-01', 'lease', { executedAt: '2024-01-01' }, [
      'TermAdded',
      'rent',
      {
        termId: 'rent',
        kind: 'PRICE',
        facts: {
          rent: { money: { amount: '100', currency: 'EUR' } },
          notice: { duration: 'P3M' },
        },
      },
    ]),
    paper('2024-06-01', 'first', { executedAt: '2024-05-01' }, [
      'TermAmended',
      'rent',
      {
        termId: 'rent',
        values: { facts: { rent: { money: { amount: '120', currency: 'EUR' } } } },
      },
    ]),
    paper('2025-02-01', 'gone', { executedAt: '2025-01-01' }, [
      'TermRemoved',
      'rent',
      { termId: 'rent' },
    ]),
    told('2025-03-01', 'CoverageStated', { from: '2023-01-01', observedThrough: '2025-03-01' }),
  );
  const days = (form: object) => bisect(history, ask(form), on('2025-01-15')).days;
  const rent = (is: string, value: object) =>
    days({ fact: { term: 'rent', name: 'rent', is, value } });

  test('on a fact compares what can be compared', () => {
    const eur = (amount: string) => ({ money: { amount, currency: 'EUR' } });
    expect(rent('ABOVE', eur('100'))).toEqual([{ from: '2024-05-01', until: '2025-01-01' }]);
    expect(rent('EQUALS', eur('100.00'))).toEqual([{ from: '2024-01-01', until: '2024-05-01' }]);
    expect(rent('BELOW', eur('120'))).toEqual([{ from: '2024-01-01', until: '2024-05-01' }]);
    expect(rent('BELOW', { money: { amount: '999', currency: 'USD' } })).toEqual([]);
    expect(rent('BELOW', { percent: '999' })).toEqual([]);
    const notice = {
      fact: { term: 'rent', name: 'notice', is: 'BELOW', value: { duration: 'P1Y' } },
    };
    expect(days(notice)).toEqual([{ from: '2024-01-01', until: '2025-01-01' }]);
  });

  test('and its opposite hold nowhere before coverage, where nothing is said', () => {
    expect(days({ not: { inForce: 'rent' } })).toEqual([
      { from: '2023-01-01', until: '2024-01-01' },
      { from: '2025-01-01' },
    ]);
  });

  test('tells when it was first known, by place in the log and instant', () => {
    expect(bisect(history, ask({ not: { inForce: 'rent' } }), on('2025-01-15')).known).toEqual([
      {
        from: { at: '2020-01-01T12:00:00.000Z', position: 1 },
        until: { at: '2024-01-01T12:00:00.000Z', position: 3 },
      },
      { from: { at: '2025-02-01T12:00:00.000Z', position: 7 } },
    ]);
  });

  test.each([
    [{}, /expected exactly one of: inForce, applies/],
    [{ inForce: 'a', applies: 'b' }, /expected exactly one of/],
    [{ not: { not: { inForce: 'a' } } }, /not/],
    [{ all: [] }, /all/],
    [{ standing: 'GONE' }, /standing/],
    [{ fact: { term: 'a', name: 'b', is: 'LIKE', value: true } }, /EQUALS/],
  ])('of another form is refused: %o', (form, message) => {
    expect(() => ask(form)).toThrow(message);
  });
});
