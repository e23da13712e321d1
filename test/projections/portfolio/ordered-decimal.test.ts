import Big from 'big.js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalDecimal } from '#events/facts.ts';
import {
  decimalFrom,
  decimalRank,
  orderedDecimal,
} from '#projections/portfolio/ordered-decimal.ts';

const digits = fc.stringMatching(/^\d{1,28}$/);
const decimal = fc
  .record({ minus: fc.boolean(), whole: digits, fraction: fc.option(digits) })
  .map(({ minus, whole, fraction }) => {
    const number = whole.replace(/^0+(?=\d)/, '');
    return `${minus ? '-' : ''}${number}${fraction === null ? '' : `.${fraction}`}`;
  });
/** Numbers that lie close to each other as well. */
const pair = fc.oneof(
  fc.tuple(decimal, decimal),
  fc.tuple(decimal, fc.integer({ min: -2, max: 2 })).map(([a, by]) => {
    const last = new Big(a).plus(new Big(10).pow(-28).times(by));
    return [a, last.toFixed()] as const;
  }),
);

test('ordered texts order as their numbers do, whatever their length and sign', () => {
  const property = fc.property(pair, ([a, b]) => {
    const [x, y] = [orderedDecimal(a), orderedDecimal(b)];
    expect(x < y ? -1 : x > y ? 1 : 0).toBe(new Big(a).cmp(b));
  });
  void fc.assert(property, { numRuns: 20_000 });
});

test('ranks never fall as numbers rise, and fit 32 bits', () => {
  const property = fc.property(pair, ([a, b]) => {
    const [x, y] = [decimalRank(a), decimalRank(b)];
    expect(Math.sign(x - y) * new Big(a).cmp(b)).toBeGreaterThanOrEqual(0);
    expect(x | 0).toBe(x);
  });
  void fc.assert(property, { numRuns: 20_000 });
});

test('an ordered text gives its number back', () => {
  const property = fc.property(decimal, (text) => {
    expect(decimalFrom(orderedDecimal(text))).toBe(canonicalDecimal(text));
  });
  void fc.assert(property, { numRuns: 5_000 });
});
