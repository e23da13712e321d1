import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commandLine } from '../cli/command-line.ts';
import { startIn } from '../cli/serving.ts';
import { aFolder } from '../store/folder.ts';
import { amend, ask, begin, papersOf } from './ask.ts';
import { PATIENCE } from './scale.ts';

const SOURCE = fileURLToPath(new URL('./disk.c', import.meta.url));
const FLAGS = ['-shared', '-fPIC', '-nostdlib', '-Wno-builtin-declaration-mismatch'];

/** The library that makes a disk fail; undefined where there is no compiler, or no preloading. */
const compiled = (folder: string): string | undefined => {
  if (process.platform !== 'linux') return undefined;
  const path = join(folder, 'disk.so');
  return spawnSync('cc', [...FLAGS, '-o', path, SOURCE]).status === 0 ? path : undefined;
};

const ENOSPC = 28;
const EIO = 5;
const EROFS = 30;

/** A server on a disk that can be told to fail. */
const onSuchADisk = async () => {
  const folder = aFolder();
  const preload = compiled(folder);
  if (preload === undefined) return undefined;
  const [files, switches] = [join(folder, 'files'), join(folder, 'switches')];
  mkdirSync(files);
  mkdirSync(switches);
  const env = { LD_PRELOAD: preload, FAULT_FILES: files, FAULT_SWITCHES: switches };
  const log = join(files, 'log.db');
  const server = await startIn(env, log, '--no-bundled');
  onTestFinished(() => void server.end('SIGKILL'));
  await begin(server.address, 'deal');
  const fault = (name: 'write' | 'sync' | 'slow', number: number) =>
    writeFileSync(join(switches, name), String(number));
  const mended = (name: 'write' | 'sync' | 'slow') => rmSync(join(switches, name));
  return { server, log, fault, mended };
};

const health = async (address: string) => {
  const reply = await fetch(`${address}/health/ready`);
  return [reply.status, await reply.json()];
};

/** One write; its id is kept when it was acknowledged. */
const writing = async (address: string, acknowledged: string[]) => {
  const { id, acknowledged: was, reply } = await amend(address, 'deal');
  if (was) acknowledged.push(id);
  return reply;
};

const NO_COMPILER = 'skipped: no C compiler here that makes the failing disk (test/faults/disk.c)';

describe('a disk', () => {
  test.each([
    ['has no room left', 'write', ENOSPC, 'DISK_FULL'],
    ['fails to write', 'write', EIO, 'IO'],
    ['is read-only of a sudden', 'write', EROFS, 'IO'],
    ['fails to sync', 'sync', EIO, 'IO'],
    ['has no room left when it syncs', 'sync', ENOSPC, 'IO'],
  ] as const)(
    'that %s refuses the write, lets reading go on, says so, and loses nothing',
    async (_, call, errno, reason) => {
      const disk = await onSuchADisk();
      if (disk === undefined) return console.warn(NO_COMPILER);
      const { server, log, fault, mended } = disk;
      const { address } = server;
      const acknowledged: string[] = [];
      const write = () => writing(address, acknowledged);
      for (let n = 0; n < 5; n++) await write();
      fault(call, errno);
      for (let n = 0; n < 3; n++) {
        const { status, body } = await write();
        expect(body.errors?.[0]?.extensions?.code).toBe('STORE_UNAVAILABLE');
        expect(status).toBeLessThan(600);
        expect(await papersOf(address, 'deal')).toEqual(['original', ...acknowledged]);
        expect(await health(address)).toEqual([503, { status: 'read-only', reason }]);
      }
      mended(call);
      for (let n = 0; n < 5; n++) await write();
      expect(acknowledged).toHaveLength(10);
      expect(await health(address)).toEqual([200, { status: 'ready' }]);
      // A write that was refused may turn out to be on the disk; one that was acknowledged must be.
      expect(await papersOf(address, 'deal')).toEqual(expect.arrayContaining(acknowledged));
      server.end('SIGKILL');
      await server.ended;
      const verified = await commandLine(['verify', '--store', `sqlite:${log}`]);
      expect(verified).toMatchObject({ code: 0 });
      const told = await commandLine(['log', 'deal', '--json', '--store', `sqlite:${log}`]);
      for (const id of acknowledged) expect(told.out).toContain(id);
    },
    PATIENCE,
  );

  test(
    'that is slow is waited for',
    async () => {
      const disk = await onSuchADisk();
      if (disk === undefined) return console.warn(NO_COMPILER);
      const { server, fault, mended } = disk;
      fault('slow', 300);
      const writes = Array.from({ length: 20 }, () => amend(server.address, 'deal'));
      const reads = Array.from({ length: 20 }, () =>
        ask(server.address, '{ agreement(id: "deal") { id } }'),
      );
      for (const { acknowledged } of await Promise.all(writes)) expect(acknowledged).toBe(true);
      for (const { status } of await Promise.all(reads)) expect(status).toBe(200);
      mended('slow');
      expect(await papersOf(server.address, 'deal')).toHaveLength(21);
    },
    PATIENCE,
  );
});
