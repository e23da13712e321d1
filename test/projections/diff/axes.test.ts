import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toldApart } from '#projections/diff/axes.ts';
import { diffStates } from '#projections/diff/terms.ts';
import type { AgreementState } from '#projections/state.ts';
import { anyState } from './random-states.ts';
import { inForce, withTerms } from './states.ts';

const told = (from: AgreementState, between: AgreementState, to: AgreementState) =>
  toldApart(diffStates(from, to), diffStates(from, between), diffStates(between, to)).entries;

const rent = (prose: string) => inForce('rent', { prose });
const use = (prose: string) => inForce('use', { prose });

describe('the axes of a diff', () => {
  it('are told apart entry by entry', () => {
    const from = withTerms([rent('100'), use('exclusive'), inForce('law', { prose: 'French' })]);
    const between = withTerms([
      rent('110'),
      use('exclusive'),
      inForce('law', { prose: 'English' }),
    ]);
    const to = withTerms([rent('110'), use('shared'), inForce('law', { prose: 'Irish' })]);
    const axes = told(from, between, to).map((entry) => [entry.to[0]?.termId, entry.axis]);
    expect(axes).toEqual([
      ['rent', 'KNOWLEDGE'],
      ['use', 'EFFECTIVE'],
      ['law', 'BOTH'],
    ]);
  });

  it('are told apart in each respect of a term', () => {
    const from = withTerms([rent('100')]);
    const between = withTerms([rent('110')]);
    const to = withTerms([{ ...rent('110'), applies: false }]);
    expect(told(from, between, to).map(({ kind, axis }) => [kind, axis])).toEqual([
      ['AMENDED', 'KNOWLEDGE'],
      ['SUSPENDED', 'EFFECTIVE'],
    ]);
  });

  it('are the day’s alone where nothing was restated, and knowledge’s alone on one day', () => {
    fc.assert(
      fc.property(anyState, anyState, (from, to) => {
        const axes = (between: AgreementState) =>
          new Set(told(from, between, to).map((e) => e.axis));
        expect([...axes(from)].filter((axis) => axis !== 'EFFECTIVE')).toEqual([]);
        expect([...axes(to)].filter((axis) => axis !== 'KNOWLEDGE')).toEqual([]);
      }),
    );
  });
});
