import { FIRST_DAY, isoDay, NEVER } from '#events/days.ts';
import type { Bounds } from '#events/edtf.ts';
import type { PendingChange, Possibility } from '#projections/state.ts';
import { type Dated, termsOf } from './change.ts';
import type { Scene } from './order.ts';

type Standing = PendingChange['standing'];

export const standingOf = (change: Dated, day: number): Standing | undefined => {
  if (change.conditional) {
    if (change.lapsesOn <= day) return 'LAPSED';
    return change.day <= day ? undefined : 'PROSPECTIVE';
  }
  return change.start !== undefined && change.start.earliest > day ? 'SCHEDULED' : undefined;
};

export const pendingOn = ({ active, fate }: Scene, day: number, standing: Standing): Dated[] => {
  const earliest = ({ start }: Dated) => start?.earliest ?? NEVER;
  return active
    .filter((change) => change.assumed === undefined && standingOf(change, day) === standing)
    .filter((change) => fate.stands(change, day))
    .toSorted((a, b) => earliest(a) - earliest(b) || a.position - b.position);
};

export const pendingChange = (change: Dated, day: number, standing: Standing): PendingChange => {
  const { earliest = FIRST_DAY, latest = NEVER } = change.start ?? {};
  return {
    changeId: change.id,
    instrumentId: change.instrumentId,
    standing,
    terms: termsOf(change.body),
    ...(Math.abs(earliest) < NEVER && { earliest: isoDay(earliest) }),
    ...(Math.abs(latest) < NEVER && { latest: isoDay(latest) }),
    conditions: change.conditions.filter((c) => c.day > day).map(({ id }) => id),
  };
};

export const within = (date: Bounds | undefined, day: number): boolean =>
  date !== undefined && date.earliest <= day && day < date.latest;

/** One entry per bound that the day lies in; REPORT only, as elsewhere dates have no width. */
export const possiblyOn = ({ active, fate }: Scene, day: number): Possibility[] =>
  active
    .filter((change) => fate.stands(change, day))
    .toSorted((a, b) => a.position - b.position)
    .flatMap((change): Possibility[] => {
      const terms = termsOf(change.body);
      const entry = (what: Possibility['what']) => ({ change: change.id, what, terms });
      return [
        ...(within(change.start, day) ? [entry('STARTED')] : []),
        ...(within(change.end, day) ? [entry('ENDED')] : []),
      ];
    });
