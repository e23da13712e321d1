import { isoInstant } from '#events/instants.ts';
import type { EventStore } from '#store/store.ts';
import type { Health } from './app.ts';

const reasonOf = (trouble: Error): string =>
  'reason' in trouble && typeof trouble.reason === 'string' ? trouble.reason : 'OTHER';

/** What can be done with a store now. */
export const healthOf = (store: Pick<EventStore, 'behind' | 'trouble'>): Health => {
  const behind = store.behind();
  if (behind !== undefined) {
    const reason = reasonOf(behind.trouble);
    if (behind.since === undefined) return { status: 'starting', reason };
    return { status: 'read-only', reason, behindSince: isoInstant(behind.since) };
  }
  const reason = store.trouble()?.reason;
  return reason === undefined ? { status: 'ready' } : { status: 'read-only', reason };
};
