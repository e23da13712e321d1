import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSqlite, type SqliteOptions } from '#store/sqlite.ts';
import type { EventStore } from '#store/store.ts';
import type { Open } from './contract.ts';
import { aFolder } from './folder.ts';

/** A store on a file, closed when the test is over. */
export const opened = async (
  path: string,
  options: Partial<SqliteOptions> = {},
): Promise<EventStore> => {
  const store = await openSqlite({ now: Date.now, ...options, path });
  onTestFinished(() => store[Symbol.asyncDispose]());
  return store;
};

export const aPath = (): string => join(aFolder(), 'log.db');

export const openFile: Open = async (now = Date.now) => {
  const path = aPath();
  const store = await opened(path, { now });
  const reopen = async () => {
    await store[Symbol.asyncDispose]();
    return opened(path, { now });
  };
  return { store, reopen };
};

export const openMemory: Open = async (now = Date.now) => ({
  store: await opened(':memory:', { now }),
});
