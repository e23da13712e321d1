import { describe, expect, it } from 'vitest';
import { FIRST_DAY, isoDay, NEVER } from '#events/days.ts';
import { bounds, edtf, isExact, NotADate } from '#events/edtf.ts';

const written = (day: number): string => {
  if (day === FIRST_DAY) return '…';
  return day === NEVER ? '∞' : isoDay(day);
};
const range = (text: string): string => {
  const { earliest, latest } = bounds(text);
  return `${written(earliest)} ${written(latest)}`;
};

describe('the bounds of a date', () => {
  it.each([
    ['2025-01-21', '2025-01-21 2025-01-21'],
    ['2025-02', '2025-02-01 2025-02-28'],
    ['2024-02', '2024-02-01 2024-02-29'],
    ['2024', '2024-01-01 2024-12-31'],
    ['201X', '2010-01-01 2019-12-31'],
    ['20XX', '2000-01-01 2099-12-31'],
    ['2011-XX', '2011-01-01 2011-12-31'],
    ['2011-03-XX', '2011-03-01 2011-03-31'],
    ['2011-XX-XX', '2011-01-01 2011-12-31'],
  ])('%s spans its precision: %s', (text, expected) => {
    expect(range(text)).toBe(expected);
  });

  it.each([
    ['2025-33', '2025-01-01 2025-03-31'],
    ['2025-36', '2025-10-01 2025-12-31'],
    ['2025-37', '2025-01-01 2025-04-30'],
    ['2025-41', '2025-07-01 2025-12-31'],
    ['2025-21', '2025-03-01 2025-05-31'],
    ['2025-24', '2025-12-01 2026-02-28'],
  ])('%s spans a quarter, third, half or season: %s', (text, expected) => {
    expect(range(text)).toBe(expected);
  });

  it.each([
    ['2025-01-21~', '2025-01-20 2025-01-22'],
    ['2025-03~', '2025-02-01 2025-04-30'],
    ['2025-01?', '2024-12-01 2025-02-28'],
    ['2024%', '2023-01-01 2025-12-31'],
    ['2025-33~', '2024-10-01 2025-06-30'],
  ])('%s widens both ways by one unit: %s', (text, expected) => {
    expect(range(text)).toBe(expected);
  });

  it.each([
    ['[..2026-04-27]', '… 2026-04-27'],
    ['[2025-01-21..]', '2025-01-21 ∞'],
    ['[2025-01,2025-03]', '2025-01-01 2025-03-31'],
    ['2025-01/2025-03', '2025-01-01 2025-03-31'],
    ['2025-01-21/..', '2025-01-21 ∞'],
    ['../2025', '… 2025-12-31'],
    ['[..2025-03~]', '… 2025-04-30'],
    ['unknown', '… ∞'],
  ])('%s leaves its open side open: %s', (text, expected) => {
    expect(range(text)).toBe(expected);
  });

  it('are one day exactly for a full date without doubt', () => {
    expect(isExact(bounds('2025-01-21'))).toBe(true);
    expect(isExact(bounds('2025-01-21~'))).toBe(false);
    expect(isExact(bounds('2025-01'))).toBe(false);
  });

  it('do not depend on what was asked before', () => {
    const first = bounds('2025-05');
    bounds('2025-06~');
    expect(bounds('2025-05')).toEqual(first);
  });
});

describe('text that is no date', () => {
  it.each([
    '2025-02-30',
    '2025-13',
    '2025/01/21',
    '21.1.2025',
    'Q1 2025',
    '2025-01-21T10:00:00Z',
    '2025-42',
    '1XXX-12',
    '2025-03/2025-01',
    '-0044-03-15',
    'Unknown',
    '',
  ])('%j is refused', (text) => {
    expect(() => bounds(text)).toThrow(NotADate);
    expect(edtf.safeParse(text).success).toBe(false);
  });

  it('is answered with what would be right', () => {
    const message = edtf.safeParse('January 2025').error?.issues[0]?.message;
    expect(message).toContain('expected an EDTF date such as 2025-01-21');
    expect(message).toContain('"January 2025"');
  });

  it('is refused by its length before it is read', () => {
    expect(edtf.safeParse(`2025-01-21${'~'.repeat(100_000)}`).success).toBe(false);
  });
});
