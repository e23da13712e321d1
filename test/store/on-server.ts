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

/** The same with a clock that the test moves: what is appended carries its time, as what is copied does. */
export const aClockedReplica = async (
  connection: string,
  now: () => number,
): Promise<EventStore> => {
  const store = await aReplica(connection);
  const append: EventStore['append'] = (stream, events, expected) =>
    store.append(
      stream,
      events.map((event) => ({ recordedAt: now(), ...event })),
      expected,
    );
  return new Proxy(store, {
    get: (target, member) => {
      if (member === 'append') return append;
      const value = Reflect.get(target, member);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
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
