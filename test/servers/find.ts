/**
 * Servers for tests, in this order: the one that KURRENTDB_URL names; one started from the program that
 * KURRENTDB_PROGRAM names; containers, where Docker answers; else none, and the tests are skipped, aloud.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GenericContainer,
  getContainerRuntimeClient,
  type StartedTestContainer,
} from 'testcontainers';

export type Product = 'esdb' | 'kurrentdb';

export type Server = AsyncDisposable & {
  readonly host: string;
  readonly port: number;
  /** Its connection string for either client; what stands before our streams there is for the caller to choose. */
  url(product: Product, streamPrefix: string): string;
};

/** A server that is the test's own, to be killed at any moment and started again on what it had written. */
export type OwnServer = Server & { kill(): Promise<void>; start(): Promise<void> };

/** What containers are made from: both products, pinned. */
export const IMAGES: { readonly [product in Product]: string } = {
  esdb: 'eventstore/eventstore:24.10.5',
  kurrentdb: 'kurrentplatform/kurrentdb:26.1.1',
};
const INSIDE = 2113;
const { KURRENTDB_URL: given = '', KURRENTDB_PROGRAM: program = '' } = process.env;
const isRequired = process.env['REQUIRE_KURRENTDB'] === '1';

const dockerAnswers = async (): Promise<boolean> => {
  try {
    await getContainerRuntimeClient();
    return true;
  } catch {
    return false;
  }
};

/** Where servers come from here; undefined: there are none. */
export const source = async (): Promise<'url' | 'program' | 'docker' | undefined> => {
  if (given !== '') return 'url';
  if (program !== '') return 'program';
  return (await dockerAnswers()) ? 'docker' : undefined;
};

const insecure =
  (host: string, port: number): Server['url'] =>
  (product, streamPrefix) =>
    `${product}://${host}:${port}?tls=false&streamPrefix=${streamPrefix}`;

const named = (): Server => {
  const [, , whole = ''] = /^(\w+):\/\/(.*)$/.exec(given) ?? [];
  const [, host = '', port = String(INSIDE)] =
    /^(?:[^@]*@)?([^:/?,]+)(?::(\d+))?/.exec(whole) ?? [];
  return {
    host,
    port: Number(port),
    url: (product, streamPrefix) =>
      `${product}://${whole}${whole.includes('?') ? '&' : '?'}streamPrefix=${streamPrefix}`,
    [Symbol.asyncDispose]: async () => undefined,
  };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const answers = async (port: number): Promise<void> => {
  for (let tries = 0; tries < 600; tries += 1) {
    const live = await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined);
    if (live?.ok === true) return;
    await sleep(100);
  }
  throw new Error(`The server on port ${port} has not come up within a minute.`);
};

const fromProgram = async (): Promise<OwnServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'codicil-server-'));
  const port = await freePort();
  const options = [
    '--insecure',
    `--db=${join(folder, 'db')}`,
    `--log=${join(folder, 'log')}`,
    '--node-ip=127.0.0.1',
    '--replication-ip=127.0.0.1',
    `--node-port=${port}`,
    `--replication-port=${await freePort()}`,
    '--skip-db-verify',
  ];
  const begin = () =>
    spawn(program, options, {
      cwd: dirname(program),
      stdio: 'ignore',
      env: { ...process.env, EVENTSTORE_TELEMETRY_OPTOUT: 'true', DOTNET_ROLL_FORWARD: 'Major' },
    });
  let child = begin();
  await answers(port);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return {
    host: '127.0.0.1',
    port,
    url: insecure('127.0.0.1', port),
    kill,
    start: async () => {
      child = begin();
      await answers(port);
    },
    [Symbol.asyncDispose]: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const fromImage = async (product: Product): Promise<OwnServer> => {
  // The port stays the same when the container is started again only where it is fixed.
  const port = await freePort();
  const upper = product === 'esdb' ? 'EVENTSTORE' : 'KURRENTDB';
  const container: StartedTestContainer = await new GenericContainer(IMAGES[product])
    .withEnvironment({ [`${upper}_INSECURE`]: 'true', [`${upper}_TELEMETRY_OPTOUT`]: 'true' })
    .withExposedPorts({ container: INSIDE, host: port })
    .start();
  await answers(port);
  const runtime = (await getContainerRuntimeClient()).container.getById(container.getId());
  return {
    host: '127.0.0.1',
    port,
    url: insecure('127.0.0.1', port),
    kill: async () => void (await runtime.kill({ signal: 'SIGKILL' })),
    start: async () => {
      await runtime.start();
      await answers(port);
    },
    [Symbol.asyncDispose]: async () => void (await container.stop()),
  };
};

const orRequired = (): undefined => {
  if (!isRequired) return undefined;
  throw new Error(
    'REQUIRE_KURRENTDB is set and there is no server: set KURRENTDB_URL or KURRENTDB_PROGRAM, or start Docker.',
  );
};

/** A server of the test's own; undefined where none can be started. */
export const ownServer = async (product: Product): Promise<OwnServer | undefined> => {
  const from = await source();
  if (from === 'program') return fromProgram();
  if (program !== '') return fromProgram();
  if (from === 'docker' || (from === 'url' && (await dockerAnswers()))) return fromImage(product);
  return orRequired();
};

/** A server to keep to oneself on, by a prefix; undefined where there is none. */
export const aServer = async (product: Product): Promise<Server | undefined> => {
  const from = await source();
  if (from === 'url') return named();
  return from === undefined ? orRequired() : ownServer(product);
};
