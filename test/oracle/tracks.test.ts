import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Recorded } from '#events/event.ts';
import { agreementId } from '#events/values.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { answerOn } from '#projections/fold/answer.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import { Split } from '#projections/tracks/split.ts';
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
