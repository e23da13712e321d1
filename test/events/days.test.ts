import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { civil, day, dayNumber, FIRST_DAY, isoDay, NEVER, parseDay } from '#events/days.ts';

// Years 0000 to 9999, which is what a day may be written in.
const anyDay = fc.integer({ min: -719528, max: 2932896 });

describe('day numbers', () => {
  it('count from 1970-01-01', () => {
    expect(dayNumber(1970, 1, 1)).toBe(0);
    expect(parseDay('1969-12-31')).toBe(-1);
    expect(parseDay('2000-03-01') - parseDay('2000-02-28')).toBe(2);
    expect(parseDay('1900-03-01') - parseDay('1900-02-28')).toBe(1);
  });

  it('agree with the calendar of Temporal on every day that can be written', () =>
    fc.assert(
      fc.property(anyDay, (days) => {
        const date = Temporal.PlainDate.from('1970-01-01').add({ days });
        expect(isoDay(days)).toBe(date.toString());
        expect(civil(days)).toEqual([date.year, date.month, date.day]);
      }),
      { numRuns: 300 },
    ));

  it('are the inverse of writing the day', () =>
    fc.assert(fc.property(anyDay, (days) => parseDay(isoDay(days)) === days)));

  it('fit between the two that mark an open side, which fit an Int32Array', () => {
    expect(FIRST_DAY).toBeLessThan(parseDay('0000-01-01'));
    expect(NEVER).toBeGreaterThan(parseDay('9999-12-31'));
    expect([...Int32Array.of(FIRST_DAY, NEVER)]).toEqual([FIRST_DAY, NEVER]);
  });
});

describe('a written day', () => {
  it.each(['2024-02-29', '0000-01-01', '9999-12-31'])('%s is taken', (text) => {
    expect(day.parse(text)).toBe(text);
  });

  it.each([
    '2025-02-29',
    '1900-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-1-2',
    '25-01-01',
    '2025-01-21T00:00:00Z',
    '',
  ])('%j is refused', (text) => {
    expect(day.safeParse(text).error?.issues[0]?.message).toMatch(/written YYYY-MM-DD/);
  });
});
