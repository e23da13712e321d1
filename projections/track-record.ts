import type { ClaimRecord, ClaimStep } from './claim-records.ts';

/** Whose record is told: whoever reports a claim, or who publishes what a report cites. */
export const TRACKED = ['CLAIMANT', 'PUBLISHER'] as const;
export type Tracked = (typeof TRACKED)[number];

/** What became of the claims that one source reported. A claim counts once, whatever it was reported at. */
export type TrackRecord = {
  readonly name: string;
  readonly reported: number;
  readonly confirmed: number;
  readonly partly: number;
  readonly refuted: number;
  readonly lapsed: number;
  readonly withdrawn: number;
  readonly open: number;
  /**
   * Median of the days from this source's own first report to the confirmation, in full or in part: how early it
   * knew. Of an even number of claims, the mean of the two in the middle. A report that came behind the
   * confirmation has no lead. Absent without any.
   */
  readonly medianLeadDays?: number;
};

const sourcesOf = ({ by, sources }: ClaimStep, tracked: Tracked): readonly string[] => {
  if (tracked === 'CLAIMANT') return by === undefined ? [] : [by];
  return [...new Set(sources.flatMap(({ publisher }) => publisher ?? []))];
};

type Entry = { readonly record: ClaimRecord; readonly first: ClaimStep };

/** Each source of a claim with its own first report. */
const entriesOf = (
  record: ClaimRecord,
  tracked: Tracked,
): readonly (readonly [string, Entry])[] => {
  const firsts = new Map<string, ClaimStep>();
  for (const step of record.steps) {
    if (step.what !== 'REPORTED') continue;
    for (const name of sourcesOf(step, tracked)) {
      if (!firsts.has(name)) firsts.set(name, step);
    }
  }
  return [...firsts].map(([name, first]) => [name, { record, first }] as const);
};

const leadDays = ({ record, first }: Entry): readonly number[] => {
  const { outcome, leadTimeDays } = record;
  if (outcome !== 'CONFIRMED' && outcome !== 'PARTLY') return [];
  if (leadTimeDays === undefined || first.afterDays === undefined) return [];
  const lead = leadTimeDays - first.afterDays;
  return lead < 0 ? [] : [lead];
};

const median = (values: readonly number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
};

const trackRecord = (name: string, entries: readonly Entry[]): TrackRecord => {
  const many = (outcome: string | undefined) =>
    entries.filter(({ record }) => record.outcome === outcome).length;
  const medianLeadDays = median(entries.flatMap(leadDays));
  return {
    name,
    reported: entries.length,
    confirmed: many('CONFIRMED'),
    partly: many('PARTLY'),
    refuted: many('REFUTED'),
    lapsed: many('LAPSED'),
    withdrawn: many('WITHDRAWN'),
    open: many(undefined),
    ...(medianLeadDays !== undefined && { medianLeadDays }),
  };
};

const byReports = (a: TrackRecord, b: TrackRecord): number =>
  b.reported - a.reported || (a.name < b.name ? -1 : 1);

/** The track record of every source of some claims, those with most reports first, then by name. */
export const trackRecordsOf = (
  records: readonly ClaimRecord[],
  tracked: Tracked,
): readonly TrackRecord[] => {
  const bySource = new Map<string, Entry[]>();
  for (const [name, entry] of records.flatMap((record) => entriesOf(record, tracked))) {
    const others = bySource.get(name);
    if (others === undefined) bySource.set(name, [entry]);
    else others.push(entry);
  }
  return [...bySource].map(([name, entries]) => trackRecord(name, entries)).toSorted(byReports);
};
