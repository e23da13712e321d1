import { isoDay } from '#events/days.ts';
import type { Edtf } from '#events/edtf.ts';
import { dayOf, earliestMs, epochMs, isInstant } from '#events/instants.ts';
import type { VersionHead } from './version-source.ts';

/** By what the versions of a document follow one another: their dates, or the pile's own order. */
export type Order = 'date' | 'source';

/** A version in its place. */
export type Placed = {
  readonly head: VersionHead;
  /** The day from which it says what holds, as exact as its date. */
  readonly effectiveFrom: Edtf;
  /**
   * Why it changes nothing: in the pile's own order it was SUPERSEDED before its date came, so that it never held; or it
   * is UNDATED, so that nobody can say what it changed.
   */
  readonly idle?: 'SUPERSEDED' | 'UNDATED';
};

const startOf = ({ announcedAt }: VersionHead, zone: string): Edtf =>
  // An instant names one day in any zone; what is no instant is an EDTF date.
  (isInstant(announcedAt) ? isoDay(dayOf(epochMs(announcedAt), zone)) : announcedAt) as Edtf;

type Dated = { readonly head: VersionHead; readonly moment: number };

const isDated = ({ announcedAt }: VersionHead): boolean => announcedAt !== 'unknown';

/** Whether dated versions, in the order of their dates, do not stand in that of their pile. */
export const isOutOfOrder = (placed: readonly Placed[]): boolean => {
  const orders = placed.filter(({ head }) => isDated(head)).map(({ head }) => head.order);
  return orders.some((order, i) => order < (orders[i - 1] ?? 0));
};

/** Versions behind which none is dated earlier. */
const holding = (dated: readonly Dated[]): ReadonlySet<VersionHead> => {
  const kept = new Set<VersionHead>();
  let earliest = Number.POSITIVE_INFINITY;
  for (const { head, moment } of dated.toReversed()) {
    if (moment <= earliest) kept.add(head);
    earliest = Math.min(earliest, moment);
  }
  return kept;
};

const idleness = (
  head: VersionHead,
  kept: ReadonlySet<VersionHead> | undefined,
): Pick<Placed, 'idle'> => {
  if (!isDated(head)) return { idle: 'UNDATED' };
  return kept === undefined || kept.has(head) ? {} : { idle: 'SUPERSEDED' };
};

/**
 * The versions of a document in the order in which they hold. By date: as their dates are, those of one moment as in
 * the pile. By source: as the pile has them; a version behind which one of an earlier date stands never holds, which
 * is how `git rev-list --before` reads a history too.
 */
export const timelineOf = (
  versions: readonly VersionHead[],
  order: Order,
  zone: string,
): readonly Placed[] => {
  const dated = versions
    .map((head) => ({ head, moment: earliestMs(head.announcedAt) }))
    .toSorted((a, b) => a.head.order - b.head.order);
  const known = dated.filter(({ head }) => isDated(head));
  const kept = order === 'source' ? holding(known) : undefined;
  return dated
    .toSorted((a, b) => a.moment - b.moment || a.head.order - b.head.order)
    .map(({ head }) => ({
      head,
      effectiveFrom: startOf(head, zone),
      ...idleness(head, kept),
    }));
};
