import { z } from 'zod';
import { edtfOrInstant } from './instants.ts';
import { source } from './source.ts';
import { changeId, claimId, instrumentId, line, prose, termId } from './values.ts';
import { changeInput } from './verbs.ts';

export const CLAIM_STAGES = ['RUMOURED', 'PROPOSED', 'AGREED_IN_PRINCIPLE'] as const;

/** Somebody says that a change is coming, was made, or was not; it never alters terms in force. */
export const claimReported = z.strictObject({
  claimId,
  instrumentId: instrumentId.exactOptional(),
  stage: z.enum(CLAIM_STAGES),
  statement: prose,
  by: line,
  reportedAt: edtfOrInstant,
  sources: z.array(source).max(100),
  /** What is said to be coming, in command form; part n is named `<claimId>/<n>`, from 1. */
  proposedChanges: z.array(changeInput).max(1_000).exactOptional(),
  about: z.array(termId).max(1_000).exactOptional(),
});

export const claimAssessed = z.strictObject({
  claimId,
  stance: z.enum(['CORROBORATED', 'DENIED', 'WITHDRAWN']),
  by: line,
  on: edtfOrInstant,
  sources: z.array(source).max(100).exactOptional(),
  note: prose.exactOptional(),
});

/** `by`: the changes that settled it. */
export const claimResolved = z.strictObject({
  claimId,
  outcome: z.enum(['CONFIRMED', 'PARTLY', 'REFUTED', 'LAPSED']),
  by: z.array(changeId).max(1_000).exactOptional(),
  on: edtfOrInstant,
  note: prose.exactOptional(),
});
