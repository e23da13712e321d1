import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { saidIn } from '../importers/documents/piles.ts';
import { aPath, opened } from '../store/open-sqlite.ts';
import { PATIENCE, scaled } from './scale.ts';

const script = fileURLToPath(new URL('./importing-process.ts', import.meta.url));
const FILE = fileURLToPath(
  new URL('../importers/data/basecamp-policies.versions.jsonl', import.meta.url),
);
const KILLS = scaled(4, 30);

/** Imports in a process of its own, killed once it has looked at so many versions; how many those were. */
const importing = async (path: string, most = Number.POSITIVE_INFINITY): Promise<number> => {
  const child = spawn(process.execPath, [script, path, FILE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let seen = 0;
  child.stdout.on('data', (dots: Buffer) => {
    seen += dots.length;
    if (seen >= most) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return seen;
};

test(`killed ${KILLS} times, an import ends with the log of one that nobody disturbed`, {
  timeout: PATIENCE,
}, async () => {
  const [path, undisturbed] = [aPath(), aPath()];
  const versions = await importing(undisturbed);
  let cut = 0;
  for (let n = 0; n < KILLS; n++) {
    const most = 1 + Math.floor(Math.random() * versions);
    const seen = await importing(path, most);
    if (seen < versions) cut++;
  }
  await importing(path);
  expect(cut).toBeGreaterThan(0);
  await using log = await opened(path);
  await using whole = await opened(undisturbed);
  expect(await saidIn(log)).toEqual(await saidIn(whole));
});
