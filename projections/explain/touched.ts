import type { Dated } from '../fold/dates.ts';
import { PRESENCE, says, type Touch } from '../fold/touch.ts';
import type { Reason } from './explanation.ts';
import type { Ground } from './ground.ts';
import { outranks } from './outranks.ts';
import { reason } from './reason.ts';

/** What came of the words of one change that touched the term. */
export type Contest = {
  /** The fields that it states and that nothing behind it states. */
  readonly won: readonly string[];
  /** The other fields, by the change whose word counts. */
  readonly lost: ReadonlyMap<Touch, readonly string[]>;
};

/** A winner that brings its term in once more sets it whole, whatever the conflict was about. */
const asApplied = (touches: readonly Touch[]): readonly Touch[] =>
  touches.map((touch) => {
    if (touch.whole || touch.says.get(PRESENCE) !== 'in') return touch;
    return touches.find(({ dated, whole }) => whole && dated === touch.dated) ?? touch;
  });

/** Each field that is stated counts as the last change behind it says, as in the findings (model §6.10). */
export const contestOf = (dated: Dated, { sheet, termId }: Ground): Contest | undefined => {
  const touches = asApplied(sheet.table.touches.get(termId) ?? []);
  const own = touches.filter((touch) => touch.dated === dated);
  if (own.length === 0) return undefined;
  const won: string[] = [];
  const lost = new Map<Touch, string[]>();
  for (const field of new Set(own.flatMap((touch) => [...touch.says.keys()]))) {
    const last = touches.findLast((touch) => says(touch, field) !== undefined);
    if (last === undefined || last.dated === dated) won.push(field);
    else lost.set(last, [...(lost.get(last) ?? []), field]);
  }
  return { won, lost };
};

/**
 * Why fields of a change do not count: its place in the order, and whether all of it was replaced.
 *
 * @param ender what ended the term, of which nothing is said here
 */
export const losses = (
  dated: Dated,
  { lost }: Contest,
  ground: Ground,
  ender: Dated | undefined,
): readonly Reason[] =>
  [...lost]
    .filter(([winner]) => winner.dated !== ender)
    .flatMap(([winner, fields]) => {
      const { rule, text } = outranks(winner.dated, dated, ground);
      const more = { by: [winner.dated], fields: shownFields(fields), day: winner.dated.from };
      const whole = winner.whole
        ? [reason('WHOLE_VALUE', 'that one sets the term whole', more)]
        : [];
      return [reason(rule, text, more), ...whole];
    });

/** Whether a term is there is no field that a reader sees. */
export const shownFields = (fields: readonly string[]): readonly string[] =>
  fields.filter((field) => field !== PRESENCE);
