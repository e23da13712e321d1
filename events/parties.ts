import { z } from 'zod';
import { changeHead } from './change.ts';
import { line, partyId } from './values.ts';

/** A legal person with a stable id; names and successors change over time. */
export const party = z.strictObject({ partyId, name: line, role: line.exactOptional() });
export type Party = z.infer<typeof party>;

export const partyJoined = z.strictObject({
  ...changeHead,
  partyId,
  name: line,
  role: line.exactOptional(),
});

export const partyLeft = z.strictObject({ ...changeHead, partyId });

/** ASSIGNED adds the assignee and keeps the assignor; the other kinds put the successor in its place. */
export const partySucceeded = z.strictObject({
  ...changeHead,
  partyId,
  by: z.strictObject({ partyId, name: line }),
  kind: z.enum(['RENAMED', 'MERGED', 'ASSIGNED', 'NOVATED']),
});
