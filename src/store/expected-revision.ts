import type { ExpectedRevision } from './store.ts';

/** Whether a stream whose last event has revision `actual` (0: no events) is as expected. */
export const meets = (expected: ExpectedRevision, actual: number): boolean => {
  if (expected === 'any') return true;
  if (expected === 'no-stream') return actual === 0;
  if (expected === 'stream-exists') return actual > 0;
  return expected === actual;
};
