import type { EffectiveStart } from '#events/change.ts';
import { FIRST_DAY, NEVER } from '#events/days.ts';
import { type Bounds, bounds } from '#events/edtf.ts';
import type { DataOf } from '#events/event.ts';
import { dayOf, epochMs, isInstant } from '#events/instants.ts';
import type { DecidedChange } from './natural-key.ts';

type Instrument = Pick<
  DataOf<'InstrumentRecorded'>,
  'executedAt' | 'announcedAt' | 'effectiveFrom'
>;

const UNKNOWN: Bounds = { earliest: FIRST_DAY, latest: NEVER };

/** Bounds of a date that may also be an exact moment: then the day of that moment in the zone. */
const boundsIn = (text: string, zone: string): Bounds => {
  if (!isInstant(text)) return bounds(text);
  const day = dayOf(epochMs(text), zone);
  return { earliest: day, latest: day };
};

/** A start that waits may come any day from `notBefore` on. */
const ofStart = (start: EffectiveStart): Bounds => {
  if (typeof start === 'string') return bounds(start);
  const earliest = start.notBefore === undefined ? FIRST_DAY : bounds(start.notBefore).earliest;
  return { earliest, latest: NEVER };
};

/**
 * The days on which a change may start: each date its own before its instrument's; `effectiveFrom`, else
 * `executedAt`, else `announcedAt`; without any of them unknown.
 */
export const startOf = (
  { data }: DecidedChange,
  instrument: Instrument | undefined,
  zone: string,
): Bounds => {
  const start = data.effectiveFrom ?? instrument?.effectiveFrom;
  if (start !== undefined) return ofStart(start);
  const executed = data.executedAt ?? instrument?.executedAt;
  if (executed !== undefined && executed !== 'unknown') return bounds(executed);
  const announced = data.announcedAt ?? instrument?.announcedAt;
  return announced === undefined ? UNKNOWN : boundsIn(announced, zone);
};

/** The start as it is written, for messages. */
export const writtenStart = (
  { data }: DecidedChange,
  instrument: Instrument | undefined,
): string => {
  const start = data.effectiveFrom ?? instrument?.effectiveFrom;
  if (typeof start === 'object') return start.notBefore ?? 'when its conditions are met';
  const executed = data.executedAt ?? instrument?.executedAt;
  const announced = data.announcedAt ?? instrument?.announcedAt;
  return start ?? (executed === 'unknown' ? announced : (executed ?? announced)) ?? 'unknown';
};
