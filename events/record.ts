import { z } from 'zod';
import { edtfOrInstant } from './instants.ts';
import { source } from './source.ts';
import { changeId, eventId, prose } from './values.ts';

const reason = prose.min(1, { error: 'say why' });

/** We had recorded it wrongly. `data` is the target's whole payload: same type, same ids. */
export const recordCorrected = z.strictObject({
  target: eventId,
  data: z.record(z.string(), z.unknown()),
  reason,
  /** When the source itself corrected what it had said; absent: only our record was wrong. */
  announcedAt: edtfOrInstant.exactOptional(),
});

/** We should not have recorded it. Of a retraction: reverses it. */
export const recordRetracted = z.strictObject({ target: eventId, reason });

export const FINDING_CODES = [
  'EXECUTION_INVERSION',
  'SOURCE_CONTRADICTION',
  'UNCERTAIN_ORDER',
  'OVERLAPPING_OVERLAYS',
  'ORPHANED_CHANGE',
  'ADDED_AGAIN',
  'EXPECTATION_FAILED',
  'UNMAPPED_ON_RESTATEMENT',
  'DEPENDS_ON_RETRACTED',
  'SOURCE_ORDER',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** Somebody weighed a finding: the changes named no longer raise it, and the winner, if any, prevails. */
export const conflictResolved = z.strictObject({
  code: z.enum(FINDING_CODES),
  changes: z.array(changeId).min(1).max(100),
  winner: changeId.exactOptional(),
  rationale: prose.min(1, { error: 'say why' }),
  sources: z.array(source).max(100).exactOptional(),
});
