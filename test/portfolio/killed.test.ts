import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createApp } from '#app/create-app.ts';
import { portfolioQuestion } from '#app/portfolio-question.ts';
import { openStore } from '#store/open.ts';
import { portfolioEvents } from '../../bench/made-up-portfolio.ts';
import { aFolder } from '../store/folder.ts';

const SCRIPT = fileURLToPath(new URL('./indexing-process.ts', import.meta.url));
const AGREEMENTS = 70;
const QUESTION = portfolioQuestion.parse({
  filter: {
    term: { kind: 'PRICE', facts: [{ name: 'price', money: { currency: 'EUR', above: '5000' } }] },
  },
  order: { by: 'FACT' },
  at: { effectiveOn: '2012-06-15' },
});

/** What is left of an index: how many agreements are in, and whether it says that all are. */
const left = (path: string) => {
  if (!existsSync(path)) return { agreements: 0, checkpoint: 0 };
  const db = new DatabaseSync(path, { readOnly: true, timeout: 20_000 });
  const numberOf = (query: string) => Number(Object.values(db.prepare(query).get() ?? {})[0]);
  const isThere = numberOf("SELECT count(*) FROM sqlite_schema WHERE name = 'follows'") > 0;
  const [agreements, checkpoint] = !isThere
    ? [0, 0]
    : [numberOf('SELECT count(*) FROM agreements'), numberOf('SELECT checkpoint FROM follows')];
  db.close();
  return { agreements, checkpoint };
};

test('an index whose building was killed goes on where it was, and says what one built at once says', async () => {
  const folder = aFolder();
  const log = join(folder, 'log.db');
  await using store = await openStore(`sqlite:${log}`);
  for (let n = 0; n < AGREEMENTS; n++) {
    await store.append(`agreement-a${n}`, portfolioEvents(n, 100), 'any');
  }
  const asked = async (path: string) => {
    const portfolio = { path, patience: Number.POSITIVE_INFINITY };
    await using app = await createApp({ store, now: Date.now, portfolio });
    const { rows, totalCount } = await app.views.portfolio(QUESTION, { first: 100 });
    return { totalCount, rows: rows.map(({ cursor: _, ...row }) => row) };
  };
  const whole = await asked(join(folder, 'whole.db'));
  expect(whole.totalCount).toBeGreaterThan(10);
  const path = join(folder, 'killed.db');
  let [agreements, kills] = [0, 0];
  while (agreements < AGREEMENTS / 2) {
    const child = spawn(process.execPath, [SCRIPT, log, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(child, 'close');
    await once(child.stdout, 'data');
    // At least one batch more than before is written, whatever the machine is at.
    do await sleep(20);
    while (left(path).agreements === agreements && child.exitCode === null);
    child.kill('SIGKILL');
    await closed;
    const state = left(path);
    expect(state.agreements).toBeGreaterThan(agreements);
    agreements = state.agreements;
    if (state.checkpoint === 0) kills += 1;
  }
  expect(kills).toBeGreaterThan(0);
  expect(await asked(path)).toEqual(whole);
  expect(left(path)).toEqual({ agreements: AGREEMENTS, checkpoint: 100 * AGREEMENTS });
});
