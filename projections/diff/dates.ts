import { bounds } from '#events/edtf.ts';
import type { DateChange } from './parts.ts';

/**
 * By how many days an EDTF date moved; undefined where both bounds did not move alike: where one is open on one
 * side only, or where the two dates are not known equally well.
 */
export const daysBetween = (before: string, after: string): number | undefined => {
  const [old, now] = [bounds(before), bounds(after)];
  const days = now.earliest - old.earliest;
  return now.latest - old.latest === days ? days : undefined;
};

/** The two inclusive bounds of a day as one EDTF date; undefined when both are open. */
export const spanned = (earliest?: string, latest?: string): string | undefined => {
  if (earliest === latest) return earliest;
  return `[${earliest ?? ''}..${latest ?? ''}]`;
};

/** A date on either side; nothing where it is the same. */
export const dateChange = (
  what: DateChange['what'],
  old?: string,
  now?: string,
): readonly DateChange[] => {
  if (old === now) return [];
  const days = old === undefined || now === undefined ? undefined : daysBetween(old, now);
  return [
    {
      what,
      ...(old !== undefined && { old }),
      ...(now !== undefined && { new: now }),
      ...(days !== undefined && { days }),
    },
  ];
};
