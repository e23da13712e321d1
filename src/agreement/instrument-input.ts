import { z } from 'zod';
import { instrumentRecorded } from '#events/instruments.ts';
import { changeInput } from '#events/verbs.ts';

const { instrumentId, sources, ...rest } = instrumentRecorded.shape;

/** An instrument as people write it: `id` names it, sources may be left out. */
export const instrumentInput = z.strictObject({
  id: instrumentId,
  ...rest,
  sources: sources.default([]),
});
export type InstrumentInput = z.output<typeof instrumentInput>;

/** One short of the most events in one append, because the instrument itself is one. */
const MAX_CHANGES = 9_999;

/** What an instrument does, in order; each change is keyed by its one verb. */
export const changeInputs = z.array(changeInput).max(MAX_CHANGES).default([]);
