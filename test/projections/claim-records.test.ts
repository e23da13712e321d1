import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClaimRecord, claimRecordsAt } from '#projections/claim-records.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import { type TrackRecord, trackRecordsOf } from '#projections/track-record.ts';
import { randomHistory } from '../oracle/random-history.ts';
import { aHistory, DEAL, on, told } from './record.ts';

const report = (day: string, claimId: string, by: string, publishers: readonly string[] = []) =>
  told(day, 'ClaimReported', {
    claimId,
    stage: 'RUMOURED',
    statement: 'It is said.',
    by,
    reportedAt: day,
    sources: publishers.map((publisher) => ({ title: 'T', publisher, grade: 'NAMED_SOURCE' })),
  });
const assess = (day: string, claimId: string, stance: string, by: string) =>
  told(day, 'ClaimAssessed', { claimId, stance, by, on: day, note: 'asked' });
const resolve = (day: string, claimId: string, outcome: string) =>
  told(day, 'ClaimResolved', { claimId, outcome, on: day, by: ['c1/x'] });

const HISTORY = aHistory(
  report('2024-01-01', 'sale', 'Gazette', ['Gazette', 'Wire']),
  assess('2024-01-11', 'sale', 'DENIED', 'Harbour'),
  report('2024-01-21', 'sale', 'Courier', ['Wire']),
  assess('2024-02-01', 'sale', 'CORROBORATED', 'Ferry'),
  report('2024-03-01', 'sale', 'Gazette'),
  resolve('2024-04-10', 'sale', 'CONFIRMED'),
  report('2024-05-01', 'sale', 'Latecomer'),
  report('2024-02-01', 'strike', 'Gazette'),
  resolve('2024-02-11', 'strike', 'PARTLY'),
  report('2024-03-01', 'toll', 'Gazette'),
  assess('2024-03-05', 'toll', 'WITHDRAWN', 'Gazette'),
  report('2024-06-01', 'quay', 'Courier'),
);

describe('a claim’s record', () => {
  test('names who reported, denied and confirmed it, when, and how it ended', () => {
    const [sale] = claimRecordsAt(HISTORY, on('2024-06-01'));
    expect(sale).toMatchObject({ claimId: 'sale', outcome: 'CONFIRMED', openDays: 100 });
    expect(
      sale?.steps.map(({ what, on: day, by, afterDays }) => [what, day, by, afterDays]),
    ).toEqual([
      ['REPORTED', '2024-01-01', 'Gazette', 0],
      ['DENIED', '2024-01-11', 'Harbour', 10],
      ['REPORTED', '2024-01-21', 'Courier', 20],
      ['CORROBORATED', '2024-02-01', 'Ferry', 31],
      ['REPORTED', '2024-03-01', 'Gazette', 60],
      ['CONFIRMED', '2024-04-10', undefined, 100],
      ['REPORTED', '2024-05-01', 'Latecomer', 121],
    ]);
    expect(sale?.steps[5]?.changes).toEqual(['c1/x']);
    expect(sale?.steps[1]?.note).toBe('asked');
  });

  test('is that of the day asked about, and counts the days while it is open', () => {
    const [sale, strike] = claimRecordsAt(HISTORY, on('2024-01-12'));
    expect(sale).toMatchObject({ open: true, openDays: 11 });
    expect(sale?.steps.map(({ what }) => what)).toEqual(['REPORTED', 'DENIED']);
    expect(strike).toBeUndefined();
  });
});

describe('a track record', () => {
  const row = (records: readonly TrackRecord[], name: string) =>
    records.find((record) => record.name === name);

  test('counts each claim once for whoever reported it, with its own lead', () => {
    const records = trackRecordsOf(claimRecordsAt(HISTORY, on('2024-06-01')), 'CLAIMANT');
    expect(records.map(({ name }) => name)).toEqual(['Gazette', 'Courier', 'Latecomer']);
    expect(row(records, 'Gazette')).toEqual({
      ...{ name: 'Gazette', reported: 3, confirmed: 1, partly: 1, refuted: 0, lapsed: 0 },
      ...{ withdrawn: 1, open: 0, medianLeadDays: 55 },
    });
    expect(row(records, 'Courier')).toMatchObject({ reported: 2, open: 1, medianLeadDays: 80 });
    expect(row(records, 'Latecomer')).not.toHaveProperty('medianLeadDays');
  });

  test('of publishers counts what the reports cite', () => {
    const records = trackRecordsOf(claimRecordsAt(HISTORY, on('2024-06-01')), 'PUBLISHER');
    expect(records.map(({ name, reported }) => [name, reported])).toEqual([
      ['Gazette', 1],
      ['Wire', 1],
    ]);
  });
});

/** The same counts the long way round. */
const counted = (records: readonly ClaimRecord[], outcome: string | undefined): number =>
  records.filter((record) => record.outcome === outcome).length;

test('records of random histories are the claims of the answer, and nothing is counted twice', () => {
  let many = 0;
  const property = fc.property(randomHistory, ({ events, questions }) => {
    const history = historyOf(DEAL, events);
    for (const at of questions) {
      const records = claimRecordsAt(history, at);
      const claims = records.map(({ steps: _, openDays: __, ...claim }) => claim);
      expect(claims).toEqual(stateAt(history, at).claims);
      for (const { steps, denied, corroborated, outcome } of records) {
        const what = steps.map((step) => step.what as string);
        expect(what.includes('DENIED')).toBe(denied);
        expect(what.includes('CORROBORATED')).toBe(corroborated);
        expect(outcome === undefined || what.includes(outcome)).toBe(true);
        many++;
      }
      // In these histories everything is reported by the press.
      const [press] = trackRecordsOf(records, 'CLAIMANT');
      expect(press?.reported ?? 0).toBe(records.length);
      expect(press?.refuted ?? 0).toBe(counted(records, 'REFUTED'));
      expect(press?.open ?? 0).toBe(counted(records, undefined));
    }
  });
  void fc.assert(property, { numRuns: 500 });
  expect(many).toBeGreaterThan(100);
});
