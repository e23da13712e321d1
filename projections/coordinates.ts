import { z } from 'zod';
import { day } from '#events/days.ts';
import { instant } from '#events/instants.ts';
import { claimId } from '#events/values.ts';

/** What if: changes treated as if they took effect on `effectiveOn`, behind everything else. */
export const assumptions = z.strictObject({
  scheduled: z.boolean().exactOptional(),
  prospective: z.boolean().exactOptional(),
  /** Open claims, in the order in which their proposals are applied. */
  claims: z.array(claimId).max(100).exactOptional(),
});
export type Assumptions = z.infer<typeof assumptions>;

/** The point an answer is computed at; every default that needs a clock is already filled in. */
export const coordinates = z.strictObject({
  /** The day whose law is asked for. */
  effectiveOn: day,
  /** What was known at that moment; a day counts from its end, in the zone first recorded. Absent: all. */
  knownAt: z.union([instant, day]).exactOptional(),
  /** The log is read up to here, inclusive. Absent: to its end. */
  position: z.int().min(0).exactOptional(),
  knowledge: z.enum(['RECORDED', 'PUBLIC']).exactOptional(),
  /** Changes not yet executed on that day are left out. */
  executedBy: day.exactOptional(),
  assume: assumptions.exactOptional(),
  uncertain: z.enum(['REPORT', 'EARLIEST', 'LATEST']).exactOptional(),
});
export type Coordinates = z.infer<typeof coordinates>;
