import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoDay, parseDay } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import { agreementId } from '#events/values.ts';
import { coordinates } from '#projections/coordinates.ts';
import { historyOf } from '#projections/history.ts';
import type { AgreementState } from '#projections/state.ts';
import { versionsOf } from '#projections/versions.ts';
import { randomHistory } from './random-history.ts';
import { referenceStateAt } from './reference/state-at.ts';

const FIRST = parseDay(coordinates.parse({ effectiveOn: '2024-11-01' }).effectiveOn);
const LAST = parseDay(coordinates.parse({ effectiveOn: '2026-03-01' }).effectiveOn);

/** What a version is made of. */
const heldOn = ({ standing, terms }: AgreementState) => ({
  standing,
  terms: terms.map(({ termId, value, applies, certain }) => ({ termId, value, applies, certain })),
});

/** The first day of each version, found by asking for every single day. */
const dayByDay = (events: readonly Recorded[]): readonly string[] => {
  const begins: string[] = [];
  let before: string | undefined;
  for (let day = FIRST; day <= LAST; day++) {
    const held = heldOn(referenceStateAt(events, { effectiveOn: isoDay(day) }));
    const now = JSON.stringify(held);
    const first = before === undefined && held.terms.length === 0;
    if (first || now === before) continue;
    begins.push(isoDay(day));
    before = now;
  }
  return begins;
};

test('versions begin on the days on which the terms, what applies, what is certain or the standing changes', () => {
  const property = fc.property(randomHistory, ({ events }) => {
    const history = historyOf(agreementId.parse('deal'), events);
    const versions = versionsOf(history, { effectiveOn: isoDay(LAST) });
    const expected = dayByDay(events);
    // What is in force on the very first day began at some day before it.
    const within = versions.map(({ from }) => from).filter((from) => parseDay(from) > FIRST);
    expect(within).toEqual(expected.filter((from) => from !== isoDay(FIRST)));
    expect(versions.map(({ number }) => number)).toEqual(versions.map((_, i) => i + 1));
    expect(versions.slice(0, -1).map(({ until }) => until)).toEqual(
      versions.slice(1).map(({ from }) => from),
    );
  });
  void fc.assert(property, { numRuns: 60 });
});
