import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDING_CODES } from '#events/record.ts';
import type { AgreementState } from '#projections/state.ts';
import { bothAnswers } from './agreement.ts';
import { randomHistory } from './random-history.ts';

/** Points that must agree before the two folds count as the same. */
const POINTS = 100_000;
const HISTORIES = 25_000;
/** The suite looks at the same histories each time; `npm run oracle` at others. */
const SEED = 20_250_121;

const LISTS = ['scheduled', 'prospective', 'lapsed', 'consents', 'rights', 'lineage'] as const;

/** What a state shows, so that agreement over nothing can not pass for agreement. */
const shownBy = (
  state: Omit<AgreementState, 'findings'> & {
    readonly findings: readonly { readonly code: string }[];
  },
): readonly string[] => [
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

const CASES = fileURLToPath(new URL('./cases/', import.meta.url));

describe('the fold', () => {
  it(`answers as the reference fold does at ${POINTS} random points of random histories`, {
    timeout: 300_000,
  }, () => {
    let points = 0;
    const shown = new Set<string>();
    const property = fc.property(randomHistory, ({ events, questions }) => {
      for (const { fold, reference } of bothAnswers(events, questions)) {
        expect(fold).toEqual(reference);
        points++;
        for (const what of shownBy(reference)) shown.add(what);
      }
    });
    void fc.assert(property, { numRuns: HISTORIES, seed: SEED });
    expect(points).toBeGreaterThanOrEqual(POINTS);
    expect([...shown]).toEqual(expect.arrayContaining(EVERYTHING));
  });

  // Histories at which the two once parted, found by npm run oracle.
  it.each(globSync('*.json', { cwd: CASES }))(
    'answers as the reference fold does in %s',
    (name) => {
      const { events, questions } = JSON.parse(readFileSync(`${CASES}${name}`, 'utf8'));
      for (const { fold, reference } of bothAnswers(events, questions)) {
        expect(fold).toEqual(reference);
      }
    },
  );
});
