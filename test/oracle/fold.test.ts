import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDING_CODES } from '#events/record.ts';
import { agreementId } from '#events/values.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import type { AgreementState } from '#projections/state.ts';
import { randomHistory } from './random-history.ts';
import { referenceStateAt } from './reference/state-at.ts';

/** Points that must agree before the two folds count as the same. */
const POINTS = 100_000;
const HISTORIES = 25_000;

/** The sentence for the reader is nothing that the rules say. */
const judged = (state: AgreementState) => ({
  ...state,
  findings: state.findings.map(({ message: _, ...finding }) => finding),
});

const LISTS = ['scheduled', 'prospective', 'lapsed', 'consents', 'rights', 'lineage'] as const;

/** What a state shows, so that agreement over nothing can not pass for agreement. */
const shownBy = (state: AgreementState): readonly string[] => [
  state.empty ?? 'not empty',
  state.standing ?? 'no standing',
  ...LISTS.filter((list) => state[list].length > 0),
  ...state.terms.map(({ applies }) => (applies ? 'applies' : 'suspended')),
  ...state.ended.map(({ standing }) => `term ${standing}`),
  ...state.claims.map(({ outcome }) => `claim ${outcome}`),
  ...state.possibly.map(({ what }) => `possibly ${what}`),
  ...state.findings.map(({ code }) => code),
];

const EVERYTHING = [
  ...FINDING_CODES,
  ...LISTS,
  ...['suspended', 'BEFORE_COVERAGE', 'NOT_RECORDED'],
  ...['SCHEDULED', 'PROSPECTIVE', 'IN_FORCE', 'EXPIRED', 'TERMINATED'],
  ...['REPLACED', 'REMOVED', 'EXPIRED', 'TERMINATED', 'VOIDED'].map((one) => `term ${one}`),
  ...['CONFIRMED', 'PARTLY', 'REFUTED', 'LAPSED', 'WITHDRAWN'].map((one) => `claim ${one}`),
  ...['STARTED', 'ENDED', 'EXPIRED'].map((one) => `possibly ${one}`),
];

describe('the fold', () => {
  it(`answers as the reference fold does at ${POINTS} random points of random histories`, {
    timeout: 300_000,
  }, () => {
    let points = 0;
    const shown = new Set<string>();
    const property = fc.property(randomHistory, ({ events, questions }) => {
      const history = historyOf(agreementId.parse('deal'), events);
      for (const at of questions) {
        const expected = referenceStateAt(events, at);
        expect(judged(stateAt(history, at))).toEqual(judged(expected));
        points++;
        for (const what of shownBy(expected)) shown.add(what);
      }
    });
    void fc.assert(property, { numRuns: HISTORIES });
    expect(points).toBeGreaterThanOrEqual(POINTS);
    expect([...shown]).toEqual(expect.arrayContaining(EVERYTHING));
  });
});
