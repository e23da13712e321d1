import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logOf, PER_AGREEMENT } from './many.ts';
import { type Measured, median } from './measure.ts';

const BIN = fileURLToPath(new URL('../bin/codicil.js', import.meta.url));
const QUERY =
  'query A($id: ID!) { agreement(id: $id) { state(at: { effectiveOn: "2012-01-01" }) { terms { termId prose } } } }';

/** A server in a process of its own on a log; answers whether the log is large or empty. */
const serving = async (path: string) => {
  const flags = ['--port', '0', '--no-bundled', '--log-level', 'warn', '--store', `sqlite:${path}`];
  const child = spawn(process.execPath, [BIN, 'serve', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const text of child.stdout) {
    said += text;
    if (said.includes('Ctrl-C')) break;
  }
  const address = /http:\/\/[\d.:]+/.exec(said)?.[0] ?? '';
  const ask = async (id: string): Promise<string> => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY, variables: { id } }),
    });
    return response.text();
  };
  const resident = (): number => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024;
  };
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { ask, resident, end };
};

/** From starting the process to its first answer, ms. */
export const firstAnswer = async (path: string): Promise<number> => {
  const start = performance.now();
  const server = await serving(path);
  await server.ask('a0');
  const time = performance.now() - start;
  await server.end();
  return time;
};

/** The most that a server was resident, MiB, after each of so many agreements was asked once. */
export const residentAfter = async (path: string, agreements: number): Promise<number> => {
  const server = await serving(path);
  for (let n = 0; n < agreements; n++) await server.ask(`a${n}`);
  const most = server.resident();
  await server.end();
  return most;
};

/** Starting on a large log against starting on an empty one. */
export const measureStart = async (
  folder: string,
  quick: boolean,
): Promise<readonly Measured[]> => {
  const events = quick ? 10_000 : 1_000_000;
  const large = await logOf(folder, events);
  const times: { ours: number[]; anchor: number[] } = { ours: [], anchor: [] };
  for (let round = 0; round < (quick ? 1 : 5); round++) {
    times.anchor.push(await firstAnswer(join(folder, `empty-${round}.db`)));
    times.ours.push(await firstAnswer(large));
  }
  const rate = (all: readonly number[]): number => 1_000 / median(all);
  const what = `start on ${events} events to the first answer`;
  const anchor = 'start on an empty log';
  return [{ what, anchor, ours: rate(times.ours), anchors: rate(times.anchor) }];
};

/** What a server needs in memory once every agreement of a large log was asked. */
export const measureMemory = async (folder: string, quick: boolean): Promise<string> => {
  const events = quick ? 10_000 : 1_000_000;
  const path = await logOf(folder, events);
  const most = await residentAfter(path, events / PER_AGREEMENT);
  return `${most.toFixed(0).padStart(8)} MiB resident at most, ${events} events, every agreement asked`;
};
