/**
 * What the writer believes about the stream: nothing (`any`), that it has no events (`no-stream`
 * or 0), that it has some (`stream-exists`), or the revision of its last event.
 */
export type ExpectedRevision = 'any' | 'no-stream' | 'stream-exists' | number;

/** Whether a stream whose last event has revision `actual` (0: no events) is as expected. */
export const meets = (expected: ExpectedRevision, actual: number): boolean => {
  if (expected === 'any') return true;
  if (expected === 'no-stream') return actual === 0;
  if (expected === 'stream-exists') return actual > 0;
  return expected === actual;
};
