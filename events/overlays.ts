import { z } from 'zod';
import { changeHead } from './change.ts';
import { overlayId, partyId, prose, termId } from './values.ts';

/** A temporary non-application lying on top of terms, which go on evolving underneath. */
export const overlayApplied = z.strictObject({
  ...changeHead,
  overlayId,
  kind: z.enum(['WAIVER', 'SUSPENSION', 'FORBEARANCE', 'SIDE_LETTER']),
  terms: z.array(termId).min(1, { error: 'name at least one term' }).max(10_000),
  /** Present: it holds between these parties only, and the term applies to the others. */
  between: z.array(partyId).max(1_000).exactOptional(),
  text: prose.exactOptional(),
});

export const overlayLifted = z.strictObject({ ...changeHead, overlayId });
