import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { day, isoDay } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import { agreementId } from '#events/values.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { answerOn } from '#projections/fold/answer.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import { Split } from '#projections/tracks/split.ts';
import { BEGINNING, paper, recorded, told } from '../projections/record.ts';
import { longHistory, type RandomHistory, randomHistory } from './random-history.ts';

const DEAL = agreementId.parse('deal');

/** Texts of the two, which hold the order of fields and lists as well. */
const bothTexts = (events: readonly Recorded[], questions: readonly Coordinates[]) => {
  const history = historyOf(DEAL, events);
  return questions.map((at) => ({
    joined: JSON.stringify(stateAt(history, at)),
    folded: JSON.stringify(answerOn(history.scene(at), at, DEAL)),
  }));
};

const agree = (histories: fc.Arbitrary<RandomHistory>, numRuns: number): number => {
  let amendments = 0;
  const property = fc.property(histories, ({ events, questions }) => {
    for (const { joined, folded } of bothTexts(events, questions)) expect(joined).toBe(folded);
    const { strands } = new Split(events).catchUp();
    for (const { rows } of strands.values()) amendments = Math.max(amendments, rows.length);
  });
  void fc.assert(property, { numRuns });
  return amendments;
};

test('a state joined with tracks is byte for byte the one folded from all events', () => {
  expect(agree(randomHistory, 3_000)).toBeGreaterThan(5);
});

test('so it is where tracks are long', () => {
  expect(agree(longHistory, 30)).toBeGreaterThan(100);
});

test('a history that grows answers as one that was there from the beginning', () => {
  const property = fc.property(randomHistory, ({ events, questions }) => {
    const grown = historyOf(DEAL, []);
    for (const event of events) {
      grown.record(event);
      for (const at of questions) stateAt(grown, at);
    }
    const whole = historyOf(DEAL, events);
    for (const at of questions) expect(stateAt(grown, at)).toEqual(stateAt(whole, at));
  });
  void fc.assert(property, { numRuns: 300 });
});

test('terms that replaced one another over and over, two for two, come from no more than there were', () => {
  const term = (termId: string) => ({ termId, kind: 'OTHER', prose: termId });
  const both = (n: number) => [`a${n}`, `b${n}`];
  const on = (n: number) => isoDay(18_000 + n);
  const dated = (n: number) => ({ executedAt: on(n), effectiveFrom: on(n) });
  const first = both(0).map((id) => ['TermAdded', id, term(id)] as const);
  const replacing = Array.from({ length: 100 }, (_, n) => {
    const to = both(n + 1).map(term);
    const amended = { termId: `a${n + 1}`, values: { prose: 'Else' } };
    return [
      ...paper(on(2 * n + 1), `r${n}`, dated(2 * n + 1), [
        'TermsReplaced',
        'r',
        { from: both(n), to },
      ]),
      ...paper(on(2 * n + 2), `m${n}`, dated(2 * n + 2), ['TermAmended', 'm', amended]),
    ];
  });
  const events = recorded(paper(on(0), 'first', dated(0), ...first), ...replacing);
  const { strands } = new Split(events).catchUp();
  const origins = [...strands.values()].map((strand) => strand.origins.length);
  expect(origins.length).toBeGreaterThan(50);
  expect(Math.max(...origins)).toBeLessThan(100);
  const questions = [0, 51, 52, 300].map((n) => ({ effectiveOn: on(n) }));
  for (const { joined, folded } of bothTexts(events, questions)) expect(joined).toBe(folded);
});

test('an instant has its day in the zone of the agreement, and in another once that is corrected', () => {
  const term = { termId: 't', kind: 'OTHER', prose: 'First' };
  const at = (n: number) => `2021-03-${String(n).padStart(2, '0')}`;
  const dated = (n: number) => ({ announcedAt: `${at(n)}T03:00:00Z`, effectiveFrom: at(n + 1) });
  const amended = [2, 3, 4, 5, 6].map((n) => {
    const values = { prose: `As of ${n}` };
    return paper(at(n), `m${n}`, dated(n), ['TermAmended', 'm', { termId: 't', values }]);
  });
  const data = { ...BEGINNING.data, timeZone: 'America/New_York' };
  const correction = told(at(9), 'RecordCorrected', { target: 'e1', data, reason: 'misread' });
  const events = recorded(
    paper(at(1), 'first', dated(1), ['TermAdded', 't', term]),
    ...amended,
    correction,
  );
  const rowsOf = (some: readonly Recorded[]) =>
    [...new Split(some).catchUp().strands.values()].flatMap(({ rows }) => rows);
  expect(rowsOf(events.slice(0, -1))).toHaveLength(5);
  expect(rowsOf(events)).toEqual([]);
  const questions = [3, 4, 5, 6].flatMap((n) =>
    [events.length - 1, events.length].flatMap((position): Coordinates[] => {
      const point = { effectiveOn: day.parse(at(8)), executedBy: day.parse(at(n)), position };
      return [point, { ...point, knowledge: 'PUBLIC' }];
    }),
  );
  for (const { joined, folded } of bothTexts(events, questions)) expect(joined).toBe(folded);
  const differing = new Set(bothTexts(events, questions).map(({ joined }) => joined));
  expect(differing.size).toBeGreaterThan(4);
});
