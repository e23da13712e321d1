import type { EpochMs } from '#events/instants.ts';
import { type Change, publications } from './change.ts';
import { publicFrom, type Reading } from './known.ts';

type Dating = Pick<Reading, 'zone' | 'uncertain'>;

/** Model §6.1: a change is public from its announcement, else the first publication of its sources; else never. */
export const publicSince = (change: Change, { zone, uncertain }: Dating): EpochMs => {
  const announced = change.announced === undefined ? publications(change) : [change.announced];
  return Math.min(...announced.map((date) => publicFrom(date, zone, uncertain)));
};

/** Whether it is known at the moment that is read to, as far as announcements decide that. */
export const isPublic = (change: Change, reading: Reading): boolean =>
  reading.knowledge === 'RECORDED' || publicSince(change, reading) <= reading.until;
