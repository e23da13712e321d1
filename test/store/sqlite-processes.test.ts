import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { StoredEvent } from '#store/store.ts';
import { firstOf, gathered, idsOf } from './events.ts';
import { aPath, opened } from './open-sqlite.ts';

const script = fileURLToPath(new URL('./appending-process.ts', import.meta.url));

type Appending = { readonly child: ChildProcess; readonly told: string[] };

/** Starts a process that appends; `told` grows with what it has had acknowledged. */
const appending = (path: string, name: string, appends: number, perAppend: number): Appending => {
  const parameters = [path, name, String(appends), String(perAppend)];
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

test('two processes append, a third follows: one order, nothing lost, nothing doubled', async () => {
  const path = aPath();
  const store = await opened(path);
  const { signal } = new AbortController();
  const total = 2 * 4 * 100;
  const following = firstOf(store.follow({ after: 0, signal }), total, () => true);
  const processes = [appending(path, 'a', 100, 1), appending(path, 'b', 100, 1)];
  expect(await Promise.all(processes.map(ended))).toEqual([0, 0]);
  const seen = await following;
  const all = await gathered(store.readAll());
  expect(seen).toEqual(all);
  inOrder(all);
  const told = processes.flatMap((one) => one.told);
  expect(told.toSorted()).toEqual(idsOf(all).toSorted());
  const shared = await gathered(store.readStream('shared'));
  expect(shared).toHaveLength(200);
  expect(await Array.fromAsync(store.verify())).toEqual([]);
});

test('a process killed while it appends loses nothing that it had acknowledged', async () => {
  const path = aPath();
  const told: string[] = [];
  for (const round of [1, 2, 3, 4, 5]) {
    const one = appending(path, `round-${round}`, 100_000, 3);
    const closed = ended(one);
    while (one.told.length < 40 * round) await once(one.child.stdout ?? one.child, 'data');
    one.child.kill('SIGKILL');
    await closed;
    told.push(...one.told);
    // It starts again by itself, while the log still has the dead process's traces.
    await using store = await opened(path);
    expect(await Array.fromAsync(store.verify())).toEqual([]);
    const all = await gathered(store.readAll());
    inOrder(all);
    const kept = new Set(idsOf(all));
    expect(told.filter((id) => !kept.has(id))).toEqual([]);
    const lengths = Map.groupBy(all, ({ stream }) => stream)
      .values()
      .map((events) => events.length % 3);
    expect([...lengths].every((rest) => rest === 0)).toBe(true);
  }
});
