import { z } from 'zod';
import { changeHead, datedChangeHead } from './change.ts';
import { conditionId, consentId, partyId, prose, termId } from './values.ts';

export const consentGranted = z.strictObject({
  ...changeHead,
  consentId,
  by: partyId,
  to: z.array(partyId).min(1, { error: 'name at least one party' }).max(1_000),
  subject: prose,
  terms: z.array(termId).max(10_000).exactOptional(),
});

export const consentRevoked = z.strictObject({ ...changeHead, consentId });

/** What became of a right (first refusal, option) on one occasion. */
export const rightResolved = z.strictObject({
  ...changeHead,
  termId,
  outcome: z.enum(['EXERCISED', 'DECLINED', 'LAPSED']),
  subject: prose.exactOptional(),
});

/** Counts from its `effectiveFrom`, once. */
export const conditionResolved = z.strictObject({
  ...datedChangeHead,
  conditionId,
  outcome: z.enum(['SATISFIED', 'WAIVED', 'FAILED']),
});
