/** From a connection string to a store. A new kind of store is one line in `adapters`. */
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { UnknownStore } from './errors.ts';
import { levelWithin } from './level-within.ts';
import { type ServerAddress, serverAddress } from './server-address.ts';
import { openSqlite } from './sqlite.ts';
import { inMemory } from './sqlite-connection.ts';
import type { EventStore, Progress } from './store.ts';

export type OpenOptions = {
  /** The clock of an embedded log: epoch milliseconds UTC. Default: the machine's. */
  readonly now?: () => number;
  /** Path of the mirror of a log on a server. Default: by the server's name, in data/mirrors. */
  readonly mirror?: string;
  /** Told now and then while a mirror takes in what a server holds. */
  readonly onProgress?: (progress: Progress) => void;
  /** False: come back at once, before a log on a server can be read. Default true. */
  readonly wait?: boolean;
};

type Adapter = (connection: string, options: OpenOptions) => Promise<EventStore>;

const sqlite: Adapter = async (connection, { now = Date.now }) => {
  const path = connection.slice('sqlite:'.length);
  if (path === '') {
    throw new UnknownStore('sqlite: needs a path: sqlite:PATH, or sqlite::memory: for none.');
  }
  return openSqlite({ path: path === inMemory ? path : resolve(path), now });
};

const mirrors = join('data', 'mirrors');
const longestName = 80;

/** A file of its own for each server and prefix. */
const mirrorOf = ({ hosts, streamPrefix }: ServerAddress): string => {
  const places = hosts.map(({ host, port }) => `${host}-${port}`).join('_');
  const name = `${places}${streamPrefix === '' ? '' : `_${streamPrefix}`}`;
  const short = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return join(mirrors, `${name.length > longestName ? short : name}.db`);
};

const server: Adapter = async (connection, options) => {
  const { now = Date.now, onProgress = () => undefined, wait = true } = options;
  const address = serverAddress(connection);
  const mirror = resolve(options.mirror ?? mirrorOf(address));
  // Loaded here: a log in a file needs nothing of it.
  const { openMirrored } = await import('./mirrored.ts');
  if (!wait) return openMirrored({ address, mirror, now, onProgress });
  return levelWithin((told) => {
    const onward = (progress: Progress) => {
      told();
      onProgress(progress);
    };
    return openMirrored({ address, mirror, now, onProgress: onward });
  });
};

/**
 * The file in which a log, or the mirror of one on a server, lies or will lie: an absolute path. Undefined for a log
 * in memory. @throws UnknownStore for a server's address without form
 */
export const fileOf = (
  connection: string,
  { mirror }: Pick<OpenOptions, 'mirror'> = {},
): string | undefined => {
  const [scheme = ''] = connection.split(':');
  if (scheme !== 'sqlite') return resolve(mirror ?? mirrorOf(serverAddress(connection)));
  const path = connection.slice('sqlite:'.length);
  return path === inMemory || path === '' ? undefined : resolve(path);
};

const adapters: Readonly<Record<string, Adapter>> = {
  sqlite,
  esdb: server,
  'esdb+discover': server,
  kurrentdb: server,
  'kurrentdb+discover': server,
};

/**
 * Opens `sqlite:PATH` (relative to the working directory) or `sqlite::memory:`, or a log on a server:
 * `esdb://…`, `kurrentdb://…`.
 *
 * @throws UnknownStore for any other; and what the store's own opening throws
 */
export const openStore = async (
  connection: string,
  options: OpenOptions = {},
): Promise<EventStore> => {
  const scheme = /^[a-z][a-z+]*(?=:)/.exec(connection)?.[0] ?? '';
  const adapter = Object.hasOwn(adapters, scheme) ? adapters[scheme] : undefined;
  if (adapter === undefined) {
    throw new UnknownStore(
      'A store is named as sqlite:PATH, as sqlite::memory: for none on disk, or as esdb://HOST:2113 or kurrentdb://HOST:2113 for one on a server.',
    );
  }
  return adapter(connection, options);
};
