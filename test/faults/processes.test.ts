import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { StoredEvent } from '#store/store.ts';
import { firstOf, gathered, idsOf } from '../store/events.ts';
import { aPath, opened } from '../store/open-sqlite.ts';
import { PATIENCE, scaled } from './scale.ts';

const script = fileURLToPath(new URL('./appending-process.ts', import.meta.url));

type Appending = { readonly child: ChildProcess; readonly told: string[] };
type Load = { readonly appends: number; readonly perAppend: number; readonly writers: number };

/** Starts a process that appends; `told` grows with what it has had acknowledged. */
const appending = (path: string, name: string, load: Load): Appending => {
  const { appends, perAppend, writers } = load;
  const parameters = [path, name, ...[appends, perAppend, writers].map(String)];
  const child = spawn(process.execPath, [script, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const told: string[] = [];
  if (child.stdout === null) throw new Error('The process has no standard output.');
  createInterface(child.stdout).on('line', (line) => told.push(line));
  return { child, told };
};

const ended = async ({ child }: Appending): Promise<number | null> => {
  const [code] = await once(child, 'close');
  return code;
};

const inOrder = (events: readonly StoredEvent[]): void => {
  expect(events.map(({ position }) => position)).toEqual(events.map((_, place) => place + 1));
};

const inTime = (events: readonly StoredEvent[]): void => {
  const times = events.map(({ recordedAt }) => recordedAt);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
};

/** Nothing acknowledged is missing, nothing is there twice, and no append is there in part. */
const whole = (all: readonly StoredEvent[], told: readonly string[], perAppend: number): void => {
  inOrder(all);
  inTime(all);
  const kept = new Set(idsOf(all));
  expect(kept.size).toBe(all.length);
  expect(told.filter((id) => !kept.has(id))).toEqual([]);
  const streams = Map.groupBy(all, ({ stream }) => stream);
  for (const events of streams.values()) {
    expect(events.length % perAppend).toBe(0);
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, n) => n + 1));
  }
};

const ROUNDS = scaled(8, 300);
test(
  `a process with 64 writers, killed ${ROUNDS} times, loses nothing that it had acknowledged`,
  async () => {
    const path = aPath();
    const told: string[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const load = { appends: 1_000_000, perAppend: 3, writers: 63 };
      const one = appending(path, `round-${round}`, load);
      const closed = ended(one);
      // Killed while it opens the log, at its first commits, and in the middle of many.
      if (round % 4 === 0) await sleep((round * 7) % 200);
      else
        while (one.told.length < (round * 37) % 400)
          await once(one.child.stdout ?? one.child, 'data');
      one.child.kill('SIGKILL');
      await closed;
      told.push(...one.told);
      if (round % scaled(2, 25) !== 0) continue;
      // It starts again by itself, while the log still has the dead process's traces.
      await using store = await opened(path);
      expect(await Array.fromAsync(store.verify())).toEqual([]);
      whole(await gathered(store.readAll()), told, 3);
    }
    expect(told.length).toBeGreaterThan(0);
  },
  PATIENCE,
);

test.each([
  [2, scaled(200, 12_500)],
  [8, scaled(60, 3_125)],
])(
  '%i processes append and follow, one is killed now and then: one order, nothing lost, nothing doubled',
  async (count, appends) => {
    const path = aPath();
    const store = await opened(path);
    const { signal } = new AbortController();
    const load = { appends, perAppend: 1, writers: 3 };
    const processes = Array.from({ length: count }, (_, n) => appending(path, `p${n}`, load));
    const ends = Promise.all(processes.map(ended));
    const seen: StoredEvent[] = [];
    let done = false;
    const stop = new AbortController();
    const following = (async () => {
      for await (const page of store.follow({ after: 0, signal: stop.signal })) seen.push(...page);
    })();
    const killing = (async () => {
      const killed: Appending[] = [];
      while (!done) {
        const load = { appends: 1_000_000, perAppend: 1, writers: 3 };
        const victim = appending(path, `victim-${killed.length}`, load);
        killed.push(victim);
        while (!done && victim.told.length < 20) await sleep(5);
        victim.child.kill('SIGKILL');
        await once(victim.child, 'close');
        await sleep(scaled(100, 1_000));
      }
      return killed;
    })();
    expect(await ends).toEqual(processes.map(() => 0));
    done = true;
    const killed = await killing;
    const all = await gathered(store.readAll());
    while (seen.length < all.length) await sleep(5);
    stop.abort();
    await following;
    // What the processes recorded, this one's follower saw: everything once, in order.
    expect(seen).toEqual(all);
    const told = [...processes, ...killed].flatMap((one) => one.told);
    whole(all, told, 1);
    for (const one of processes) expect(one.told).toHaveLength(4 * appends);
    expect(await Array.fromAsync(store.verify())).toEqual([]);
    expect(await firstOf(store.follow({ after: 0, signal }), all.length, () => true)).toEqual(all);
  },
  PATIENCE,
);
