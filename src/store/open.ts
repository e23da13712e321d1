/** From a connection string to a store. A new kind of store is one line in `adapters`. */
import { resolve } from 'node:path';
import { UnknownStore } from './errors.ts';
import { openSqlite } from './sqlite.ts';
import { inMemory } from './sqlite-connection.ts';
import type { EventStore } from './store.ts';

export type OpenOptions = {
  /** The clock of an embedded log: epoch milliseconds UTC. Default: the machine's. */
  readonly now?: () => number;
};

type Adapter = (connection: string, options: Required<OpenOptions>) => Promise<EventStore>;

const sqlite: Adapter = async (connection, { now }) => {
  const path = connection.slice('sqlite:'.length);
  if (path === '') {
    throw new UnknownStore('sqlite: needs a path: sqlite:PATH, or sqlite::memory: for none.');
  }
  return openSqlite({ path: path === inMemory ? path : resolve(path), now });
};

const absent: Adapter = async (connection) => {
  // Only the scheme: what follows may hold a password.
  const scheme = connection.slice(0, connection.indexOf(':'));
  throw new UnknownStore(
    `This build has no adapter for ${scheme}:// logs; use sqlite:PATH, or a build that has it.`,
  );
};

const adapters: Readonly<Record<string, Adapter>> = {
  sqlite,
  esdb: absent,
  'esdb+discover': absent,
  kurrentdb: absent,
  'kurrentdb+discover': absent,
};

/**
 * Opens `sqlite:PATH` (relative to the working directory) or `sqlite::memory:`.
 *
 * @throws UnknownStore for any other; and what the store's own opening throws
 */
export const openStore = async (
  connection: string,
  { now = Date.now }: OpenOptions = {},
): Promise<EventStore> => {
  const scheme = /^[a-z][a-z+]*(?=:)/.exec(connection)?.[0] ?? '';
  const adapter = Object.hasOwn(adapters, scheme) ? adapters[scheme] : undefined;
  if (adapter === undefined) {
    throw new UnknownStore('A store is named as sqlite:PATH, or sqlite::memory: for none on disk.');
  }
  return adapter(connection, { now });
};
