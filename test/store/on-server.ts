/** Stores on a server, each with a prefix and a mirror of its own, closed when the test is over. */
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { openStore } from '#store/open.ts';
import type { EventStore } from '#store/store.ts';
import type { Product, Server } from '../servers/find.ts';
import type { Open } from './contract.ts';
import { aPath } from './open-sqlite.ts';

export const aPrefix = (): string => `t${randomUUID().slice(0, 8)}-`;

/** A replica: its own mirror, over the streams of a prefix. */
export const aReplica = async (connection: string, mirror = aPath()): Promise<EventStore> => {
  const store = await openStore(connection, { mirror });
  onTestFinished(() => store[Symbol.asyncDispose]());
  return store;
};

export const openOn =
  (server: Server, product: Product): Open =>
  async () => {
    const connection = server.url(product, aPrefix());
    const path = aPath();
    const store = await aReplica(connection, path);
    const reopen = async () => {
      await store[Symbol.asyncDispose]();
      return aReplica(connection, path);
    };
    return { store, reopen };
  };
