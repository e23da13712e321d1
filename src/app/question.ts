import { z } from 'zod';
import { day } from '#events/days.ts';
import { instant } from '#events/instants.ts';
import { tag } from '#events/values.ts';
import { coordinates } from '#projections/coordinates.ts';

/**
 * Coordinates as people ask for them: everything may be left out. `version` (from 1) and `tag` are
 * shorthand for a day, at the given knowledge; a `cursor` of the feed for the day and the log position  at which its
 * reader was, and `asOf`, an instant, for its day and what was public by then. A basis handed back is a question too.
 */
export const question = z.strictObject({
  ...coordinates.shape,
  effectiveOn: day.exactOptional(),
  version: z.int().min(1).exactOptional(),
  tag: tag.exactOptional(),
  cursor: z.string().max(2_000).exactOptional(),
  asOf: instant.exactOptional(),
});
export type Question = z.infer<typeof question>;
