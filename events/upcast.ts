import type { EventType } from './event.ts';

type Payload = { readonly [key: string]: unknown };

/**
 * One lift takes a payload from the version before to the one it is listed under. A lift leaves a payload
 * that already has the new shape as it is, because a correction carries its target's whole payload without
 * saying of which version.
 */
type Lift = (data: Payload) => Payload;

/** Lifts by event type: the first one lifts version 1 to 2, and so on without a gap. */
export const LIFTS: { readonly [T in EventType]?: readonly Lift[] } = {
  // Version 1 left `sources` out when there were none; since 2 the list is always there.
  InstrumentRecorded: [(data) => (data['sources'] === undefined ? { ...data, sources: [] } : data)],
};

/** The version in which an event type is written today. */
export const currentVersion = (type: EventType): number => 1 + (LIFTS[type]?.length ?? 0);

/** A payload in its current shape. `version` is at least 1 and at most {@link currentVersion}. */
export const lifted = (type: EventType, version: number, data: Payload): Payload =>
  LIFTS[type]?.slice(version - 1).reduce((payload, lift) => lift(payload), data) ?? data;
