import { afterEach } from 'vitest';
import { type Executor, openExecutor } from '#app/execute.ts';
import { recordFile } from '#importers/agreement-file.ts';
import { openStore } from '#store/open.ts';
import type { EventStore } from '#store/store.ts';

const opened: EventStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store[Symbol.asyncDispose]();
});

/** An empty log and the hands that write to it. */
export const emptyLog = async (): Promise<Executor> => {
  const store = await openStore('sqlite::memory:');
  opened.push(store);
  return openExecutor(store);
};

/** Records a file; with a reason, what differs is corrected. */
export const record = (hands: Executor, text: string, correct?: string) =>
  recordFile(hands, text, {
    fileName: 'lease.yaml',
    by: 'test',
    ...(correct === undefined ? {} : { correct }),
  });

/** How many events an agreement has. */
export const count = async (hands: Executor, agreement = 'lease') =>
  (await hands.history(agreement)).length;
