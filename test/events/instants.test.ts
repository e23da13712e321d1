import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseDay } from '#events/days.ts';
import {
  dayOf,
  edtfOrInstant,
  endOfDay,
  epochMs,
  instant,
  isInstant,
  isoInstant,
  startOfDay,
  timeZone,
} from '#events/instants.ts';

const DAY_MS = 86_400_000;

describe('an instant', () => {
  it('is read with its offset', () => {
    expect(epochMs('1970-01-01T01:00:00+01:00')).toBe(0);
    expect(isoInstant(epochMs('2025-01-21T14:03:07+02:00'))).toBe('2025-01-21T12:03:07.000Z');
  });

  it('is the moment that Temporal reads', () => {
    const moment = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9998-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, fc.boolean(), (date, whole) => {
        const text = whole ? `${date.toISOString().slice(0, 19)}Z` : date.toISOString();
        expect(epochMs(text)).toBe(Temporal.Instant.from(text).epochMilliseconds);
      }),
    );
  });

  it('loses what is finer than a millisecond, downwards', () => {
    expect(epochMs('1970-01-01T00:00:00.001999Z')).toBe(1);
    expect(epochMs('1969-12-31T23:59:59.9999Z')).toBe(-1);
  });

  it.each([
    '2025-01-21T14:03:07',
    '2025-02-30T14:03:07Z',
    '2025-01-21T25:00:00Z',
    '2025-01-21',
    'now',
  ])('is not %j', (text) => {
    expect(instant.safeParse(text).success).toBe(false);
  });

  it('stands where a date may stand, and is told apart from it', () => {
    expect(edtfOrInstant.parse('2025-01-21T14:03Z')).toBe('2025-01-21T14:03Z');
    expect(isInstant('2025-01-21T14:03Z')).toBe(true);
    expect(isInstant('2025-01-21')).toBe(false);
  });
});

describe('a time zone', () => {
  it.each(['America/Los_Angeles', 'UTC', 'Europe/Lisbon'])('%s is taken', (zone) => {
    expect(timeZone.parse(zone)).toBe(zone);
  });

  it.each(['Mars/Olympus', '+02:00', '', 'PST8'])('%j is refused', (zone) => {
    expect(timeZone.safeParse(zone).success).toBe(false);
  });
});

describe('a day in its zone', () => {
  const springForward = parseDay('2025-03-09');
  const fallBack = parseDay('2025-11-02');
  const zone = 'America/Los_Angeles';

  it('begins at local midnight', () => {
    expect(isoInstant(startOfDay(parseDay('2026-01-01'), zone))).toBe('2026-01-01T08:00:00.000Z');
  });

  it('has 23 or 25 hours where clocks change, and ends a millisecond before the next', () => {
    const hours = (day: number) => (startOfDay(day + 1, zone) - startOfDay(day, zone)) / 3_600_000;
    expect([hours(springForward), hours(fallBack), hours(fallBack + 1)]).toEqual([23, 25, 24]);
    expect(endOfDay(fallBack, zone) + 1).toBe(startOfDay(fallBack + 1, zone));
  });

  it('begins later where midnight is skipped', () => {
    // Santiago's clocks go from 23:59:59 on the 6th to 01:00 on the 7th.
    const day = parseDay('2025-09-07');
    expect(isoInstant(startOfDay(day, 'America/Santiago'))).toBe('2025-09-07T04:00:00.000Z');
  });

  it('is found again from any of its moments', () => {
    for (const day of [springForward, fallBack, 0]) {
      expect(dayOf(startOfDay(day, zone), zone)).toBe(day);
      expect(dayOf(endOfDay(day, zone), zone)).toBe(day);
      expect(dayOf(startOfDay(day, zone) - 1, zone)).toBe(day - 1);
      expect(endOfDay(day, 'UTC') - startOfDay(day, 'UTC')).toBe(DAY_MS - 1);
    }
  });

  it('begins and ends at the borders of the years that can be written', () => {
    expect(endOfDay(parseDay('9999-12-31'), 'UTC')).toBe(Date.parse('+010000-01-01T00:00:00Z') - 1);
    expect(startOfDay(parseDay('0001-01-01'), 'UTC')).toBe(Date.parse('0001-01-01T00:00:00Z'));
  });
});
