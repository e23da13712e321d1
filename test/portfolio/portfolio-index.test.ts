import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createApp } from '#app/create-app.ts';
import { parseDay } from '#events/days.ts';
import { type PortfolioFilter, portfolioFilter } from '#portfolio/filter.ts';
import { PortfolioIndex } from '#portfolio/portfolio-index.ts';
import { openStore } from '#store/open.ts';
import { portfolioEvents } from '../../bench/made-up-portfolio.ts';
import { aFolder } from '../store/folder.ts';

const DAY = '2012-06-15';

/** The index of a few made-up agreements. */
const filled = async () => {
  const path = join(aFolder(), 'index.db');
  await using store = await openStore('sqlite::memory:');
  for (let n = 0; n < 12; n++) {
    await store.append(`agreement-a${n}`, portfolioEvents(n, 60), 'any');
  }
  await using app = await createApp({
    store,
    now: Date.now,
    portfolio: { path, patience: 60_000 },
  });
  await app.views.portfolio({ at: {} }, { first: 1 });
  return { path, position: (await store.head()).position };
};

const planOf = async (filter: object): Promise<readonly string[]> => {
  const { path, position } = await filled();
  const index = new PortfolioIndex(1, path);
  const parsed: PortfolioFilter = portfolioFilter.parse(filter);
  const points = [{ day: parseDay(DAY as never), position }];
  const plan = index.plan({ filter: parsed, order: { by: 'TITLE' }, points, first: 10 });
  index.close();
  return plan;
};

test.each([
  ['a party', { party: 'party-7' }],
  ['a kind of term', { term: { kind: 'EXCLUSIVITY' } }],
  [
    'a fact, a kind and a grade',
    {
      term: {
        kind: 'PRICE',
        evidence: { atLeast: 'INFERRED' },
        facts: [{ money: { currency: 'EUR', above: '1' } }],
      },
    },
  ],
  ['nothing at all', {}],
])('%s is searched for in the rtree, and what goes with it by an index', async (_, filter) => {
  const plan = await planOf(filter);
  expect(
    plan.filter((step) =>
      /SCAN (?:held|d|t|o|s|agreements|a|terms)\b(?! VIRTUAL| USING)/.test(step),
    ),
  ).toEqual([]);
  expect(plan.some((step) => /SCAN x VIRTUAL TABLE INDEX 2:\w{8,}/.test(step))).toBe(true);
});

test('a file of another program in its place is left as it is', async () => {
  const path = join(aFolder(), 'index.db');
  const db = new DatabaseSync(path);
  db.exec('CREATE TABLE precious (word TEXT)');
  db.close();
  const before = readFileSync(path);
  const index = new PortfolioIndex(1, path);
  expect(index.follows()).toMatchObject({ origin: '', checkpoint: 0, event: '' });
  index.close();
  expect(readFileSync(path)).toEqual(before);
  const text = join(aFolder(), 'text.db');
  writeFileSync(text, 'x'.repeat(500));
  new PortfolioIndex(1, text).close();
  expect(readFileSync(text, 'utf8')).toBe('x'.repeat(500));
});

test('a place that can not be written leaves it in memory', () => {
  const path = join(aFolder(), 'nowhere', 'index.db');
  const index = new PortfolioIndex(1, path);
  expect(index.follows().checkpoint).toBe(0);
  index.close();
  expect(existsSync(path)).toBe(false);
});

test('another version of the fold begins it anew', async () => {
  const { path } = await filled();
  const same = new PortfolioIndex(1, path);
  expect(same.follows().checkpoint).toBe(720);
  same.close();
  const other = new PortfolioIndex(2, path);
  expect(other.follows().checkpoint).toBe(0);
  other.close();
});
