import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Edtf } from '#events/edtf.ts';
import type { Fact } from '#events/facts.ts';
import { deltaOf } from '#projections/diff/delta.ts';
import { diffFacts } from '#projections/diff/facts.ts';

const usd = (amount: string): Fact => ({ money: { amount, currency: 'USD' } });
const date = (text: string): Fact => ({ date: text as Edtf });
const duration = (text: string): Fact => ({ duration: text });

describe('delta', () => {
  test('sums of one currency differ exactly, by as many digits as they have', () => {
    expect(deltaOf(usd('0.1'), usd('0.30'))).toEqual({ money: { amount: '0.2', currency: 'USD' } });
    expect(deltaOf(usd('9007199254740993'), usd('1'))).toEqual({
      money: { amount: '-9007199254740992', currency: 'USD' },
    });
    expect(deltaOf(usd('1'), { money: { amount: '1', currency: 'EUR' } })).toBeUndefined();
  });

  test('percentages differ in points, quantities in their unit', () => {
    expect(deltaOf({ percent: '20' }, { percent: '17.5' })).toEqual({ percent: '-2.5' });
    const days = (value: string, unit = 'days'): Fact => ({ quantity: { value, unit } });
    expect(deltaOf(days('60'), days('30'))).toEqual({ quantity: { value: '-30', unit: 'days' } });
    expect(deltaOf(days('60'), days('30', 'weeks'))).toBeUndefined();
  });

  test('dates differ in days when they moved as a whole', () => {
    expect(deltaOf(date('2024-02-28'), date('2024-03-01'))).toEqual({ days: 2 });
    expect(deltaOf(date('2025'), date('2026'))).toEqual({ days: 365 });
    expect(deltaOf(date('2025-02'), date('2025-03'))).toBeUndefined();
    expect(deltaOf(date('unknown'), date('2025'))).toBeUndefined();
  });

  test.each([
    ['P1Y', 'P18M', 'P6M'],
    ['P3Y', 'P1Y', '-P2Y'],
    ['P60D', 'P90D', 'P30D'],
    ['P2W', 'P10D', '-P4D'],
    ['PT36H', 'P1D', '-PT43200S'],
    ['P1M10D', 'P1M', '-P10D'],
    ['P12M', 'P1Y', 'P0D'],
  ])('from %s to %s is %s', (old, now, delta) => {
    expect(deltaOf(duration(old), duration(now))).toEqual({ duration: delta });
  });

  test('a month is no number of days', () => {
    expect(deltaOf(duration('P2M'), duration('P60D'))).toBeUndefined();
  });

  test('facts of two types have none', () => {
    expect(deltaOf(usd('1'), { percent: '1' })).toBeUndefined();
    expect(deltaOf({ flag: true }, { flag: false })).toBeUndefined();
  });
});

describe('fact changes', () => {
  test('come by name, with old, new and delta; what is written otherwise only is the same', () => {
    const from = { facts: { b: usd('1'), gone: { flag: true }, same: usd('5') } };
    const to = { facts: { a: { text: 'x' }, b: usd('3'), same: usd('5.00') } };
    expect(diffFacts([from], [to])).toEqual([
      { name: 'a', new: { text: 'x' } },
      {
        name: 'b',
        old: usd('1'),
        new: usd('3'),
        delta: { money: { amount: '2', currency: 'USD' } },
      },
      { name: 'gone', old: { flag: true } },
    ]);
  });

  test('of several terms, facts that only changed places are no change', () => {
    const named = fc.array(
      fc.nat(3).map((n) => ({ facts: { x: usd(String(n)) } })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(named, (terms) => {
        expect(diffFacts(terms, terms.toReversed())).toEqual([]);
      }),
    );
  });
});
