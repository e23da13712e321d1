import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '#store/open.ts';
import type { EventStore, EventToStore } from '#store/store.ts';
import { madeUp } from './made-up.ts';
import { against, type Measured } from './measure.ts';

const CLIENTS = 64;

/** The least a durable append can be: write the bytes, wait for the disk. */
const writeAndWait = (path: string, events: readonly EventToStore[]): void => {
  const file = openSync(path, 'a');
  for (const event of events) {
    writeSync(file, event.data);
    fdatasyncSync(file);
  }
  closeSync(file);
};

const inTurn = async (store: EventStore, events: readonly EventToStore[]): Promise<void> => {
  for (const event of events) await store.append('agreement-bench', [event], 'any');
};

const atOnce = async (store: EventStore, events: readonly EventToStore[]): Promise<void> => {
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    const own = events.filter((_each, i) => i % CLIENTS === client);
    for (const event of own) await store.append(`agreement-${client}`, [event], 'any');
  });
  await Promise.all(clients);
};

/** Durable appends, one client and many, against writing and waiting for the disk. */
export const measureAppend = async (
  folder: string,
  quick: boolean,
): Promise<readonly Measured[]> => {
  const operations = quick ? 200 : 1_000;
  const rounds = quick ? 3 : 7;
  await using store = await openStore(`sqlite:${join(folder, 'append.db')}`);
  const side = (run: (events: readonly EventToStore[]) => Promise<void> | void) => ({
    operations,
    prepare: () => {
      const events = madeUp(operations);
      return () => run(events);
    },
  });
  const anchor = [
    'write + fdatasync',
    side((all) => writeAndWait(join(folder, 'raw'), all)),
  ] as const;
  return [
    await against(['append, one client', side((all) => inTurn(store, all))], anchor, rounds),
    await against(
      [`append, ${CLIENTS} clients`, side((all) => atOnce(store, all))],
      anchor,
      rounds,
    ),
  ];
};
