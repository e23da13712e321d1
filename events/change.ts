import { z } from 'zod';
import { edtf } from './edtf.ts';
import { edtfOrInstant } from './instants.ts';
import { source } from './source.ts';
import { changeId, conditionId, grade, instrumentId, line, prose } from './values.ts';

/** A start that waits for conditions; `notBefore` and `longStop` (the last day in time) are EDTF dates. */
export const conditionalStart = z.strictObject({
  onConditions: z
    .array(z.strictObject({ conditionId, description: line.exactOptional() }))
    .min(1, { error: 'name at least one condition' })
    .max(100),
  notBefore: edtf.exactOptional(),
  longStop: edtf.exactOptional(),
});
export type ConditionalStart = z.infer<typeof conditionalStart>;

/** The first day of legal effect: a date, or the conditions it waits for. */
export const effectiveStart = z.union([edtf, conditionalStart], {
  error:
    'expected an EDTF date (2025-01-21, 2025-03~, unknown) or { onConditions: [{ conditionId }] }',
});
export type EffectiveStart = z.infer<typeof effectiveStart>;

const own = {
  /** When the parties bound themselves; absent: the instrument's. */
  executedAt: edtf.exactOptional(),
  /** When the public could know; absent: the instrument's. */
  announcedAt: edtfOrInstant.exactOptional(),
  /** Absent: the best grade among the sources. */
  evidence: grade.exactOptional(),
  sources: z.array(source).max(100).exactOptional(),
  /** Changes that this one takes the place of, whatever the order of their dates. */
  displaces: z.array(changeId).max(100).exactOptional(),
  note: prose.exactOptional(),
};

const identity = { changeId, instrumentId };

/** What every change carries; half-open `[effectiveFrom, effectiveUntil)` in days of the agreement's zone. */
export const changeHead = {
  ...identity,
  effectiveFrom: effectiveStart.exactOptional(),
  effectiveUntil: edtf.exactOptional(),
  ...own,
};

/** The head of a change whose day can not itself wait for conditions. */
export const datedChangeHead = {
  ...identity,
  effectiveFrom: edtf.exactOptional(),
  effectiveUntil: edtf.exactOptional(),
  ...own,
};

const head = z.object(changeHead);
/** The part that all changes have in common. */
export type ChangeHead = z.infer<typeof head>;
