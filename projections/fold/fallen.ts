import type { DayNumber } from '#events/days.ts';
import type { Dated } from './dates.ts';
import type { Fates } from './fate.ts';
import type { Ending } from './step.ts';

/** What took a change out of force that had started: the first of its end, a voiding and a displacement. */
export const fallenBy = (dated: Dated, fates: Fates, day: DayNumber): Ending | undefined => {
  if (dated.change.brings.length === 0 || fates.neverWas(dated)) return undefined;
  const ending = (standing: Ending['standing'], by: Dated, on: DayNumber): Ending => ({
    standing,
    by,
    day: on,
    successors: [],
  });
  const voidedBy = fates.voidedBy(dated);
  const displacedBy = fates.displacedBy(dated);
  const [first] = [
    ...(voidedBy === undefined ? [] : [ending('VOIDED', voidedBy, voidedBy.from)]),
    ...(displacedBy === undefined ? [] : [ending('REPLACED', displacedBy, displacedBy.from)]),
    ...(dated.until <= day ? [ending('EXPIRED', dated, dated.until)] : []),
  ].toSorted((a, b) => a.day - b.day);
  return first !== undefined && dated.from < first.day ? first : undefined;
};
