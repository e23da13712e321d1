import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoDay, parseDay } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import { agreementId } from '#events/values.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import { advance } from '#projections/portfolio/advance.ts';
import { heldIn } from '#projections/portfolio/held.ts';
import { type Closed, Outline } from '#projections/portfolio/outline.ts';
import { longHistory, type RandomHistory, randomHistory } from '../../oracle/random-history.ts';

const DEAL = agreementId.parse('deal');
const OPEN = Number.POSITIVE_INFINITY;

/** The rectangles of a history; it is carried on in two parts, the second from what the first left. */
const rectanglesOf = (events: readonly Recorded[], cut: number): readonly Closed[] => {
  const early = historyOf(DEAL, events.slice(0, cut));
  const first = new Outline([]);
  for (const place of early.events.keys()) advance(first, early, place);
  const whole = historyOf(DEAL, events);
  const second = new Outline(first.open());
  for (let place = cut; place < events.length; place++) advance(second, whole, place);
  const open = [...second.open()].map((span) => ({ ...span, till: OPEN }));
  return [...first.closed, ...second.closed, ...open];
};

const keysAt = (rectangles: readonly Closed[], day: number, position: number) =>
  rectangles
    .filter(
      ({ from, until, since, till }) =>
        from <= day && day < until && since <= position && position < till,
    )
    .map(({ held }) => held.key)
    .toSorted();

const agree = (
  histories: fc.Arbitrary<RandomHistory>,
  { numRuns, points }: { readonly numRuns: number; readonly points: number },
): void => {
  const property = fc.property(
    histories,
    fc.nat(),
    fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.nat(), fc.nat()), {
      minLength: points,
      maxLength: points,
    }),
    ({ events }, cut, asked) => {
      const history = historyOf(DEAL, events);
      const rectangles = rectanglesOf(events, cut % (events.length + 1));
      const limits = history.scene({ effectiveOn: isoDay(0) }).limits;
      for (const [beside, nth, upTo] of asked) {
        const day = (limits[nth % limits.length] ?? parseDay('2025-03-01')) + beside;
        const position = upTo % (events.length + 1);
        const at: Coordinates = { effectiveOn: isoDay(day), position };
        const expected = heldIn(stateAt(history, at)).map(({ key }) => key);
        expect(keysAt(rectangles, day, position)).toEqual(expected.toSorted());
      }
    },
  );
  void fc.assert(property, { numRuns });
};

test('what rectangles hold at a point is what the fold says there', () => {
  agree(randomHistory, { numRuns: 2_000, points: 12 });
});

test('so it is where terms are amended over and over', () => {
  const some = longHistory.map(({ events, questions }) => ({
    events: events.slice(0, 150),
    questions,
  }));
  agree(some, { numRuns: 12, points: 100 });
});
