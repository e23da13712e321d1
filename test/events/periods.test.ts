import { describe, expect, it } from 'vitest';
import { isoDay, parseDay } from '#events/days.ts';
import { dayBefore, longestSpan, period } from '#events/periods.ts';

describe('a period of notice', () => {
  it.each(['P30D', 'P2W', 'P3M', 'P1Y6M', 'P10Y'])('may be %s', (text) => {
    expect(period.safeParse(text).success).toBe(true);
  });

  it.each(['', 'P', '30D', 'PT5H', 'P1DT1H', '-P1D', 'P11Y', 'P1.5M', 'p30d'])(
    'is not %j',
    (text) => {
      expect(period.safeParse(text).success).toBe(false);
    },
  );

  it('counts back by the calendar', () => {
    const back = (day: string, by: string) => isoDay(dayBefore(parseDay(day), by));
    expect(back('2025-03-31', 'P1M')).toBe('2025-02-28');
    expect(back('2024-02-29', 'P1Y')).toBe('2023-02-28');
    expect(back('2025-03-31', 'P30D')).toBe('2025-03-01');
  });

  it('leads behind the first year without a fall', () => {
    expect(dayBefore(parseDay('0001-01-05'), 'P10Y')).toBe(parseDay('0001-01-05') - 3_653);
  });

  it('is never longer than its longest span', () => {
    const day = parseDay('2025-03-31');
    for (const by of ['P30D', 'P2W', 'P3M', 'P1Y6M']) {
      expect(day - dayBefore(day, by)).toBeLessThanOrEqual(longestSpan(by));
    }
  });
});
