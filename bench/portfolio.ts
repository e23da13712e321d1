import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createApp } from '#app/create-app.ts';
import { type PortfolioQuestion, portfolioQuestion } from '#app/portfolio-question.ts';
import { openStore } from '#store/open.ts';
import { portfolioEvents } from './made-up-portfolio.ts';
import { median } from './measure.ts';

/** Events of each agreement. */
const PER_AGREEMENT = 100;
const TIMES = 41;

const QUESTIONS: readonly (readonly [what: string, asked: object])[] = [
  [
    'a kind of term with a price above, on a day, by price',
    {
      filter: {
        term: {
          kind: 'PRICE',
          facts: [{ name: 'price', money: { currency: 'EUR', above: '9950' } }],
        },
      },
      order: { by: 'FACT', descending: true },
    },
  ],
  [
    'a party and a kind of term, by title',
    { filter: { party: 'party-7', term: { kind: 'EXCLUSIVITY' } }, order: { by: 'TITLE' } },
  ],
  [
    'a date before, well proven, by what ends first',
    {
      filter: {
        term: {
          evidence: { atLeast: 'PARTY_STATEMENT' },
          facts: [{ name: 'through', date: { before: '2011-01-01' } }],
        },
      },
      order: { by: 'FACT' },
    },
  ],
  [
    'a finding in an agreement in force',
    { filter: { standing: 'IN_FORCE', finding: 'EXPECTATION_FAILED' } },
  ],
  ['everything, by title', { order: { by: 'TITLE' }, filter: { standing: 'IN_FORCE' } }],
];

/** The CPU time that something takes, ms: other work on the machine does not count. */
const timed = async (run: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

const filled = async (path: string, agreements: number): Promise<void> => {
  await using store = await openStore(`sqlite:${path}`);
  for (let n = 0; n < agreements; n += 100) {
    const some = Array.from({ length: 100 }, (_, i) => n + i);
    await Promise.all(
      some.map((one) =>
        store.append(`agreement-a${one}`, portfolioEvents(one, PER_AGREEMENT), 'any'),
      ),
    );
  }
};

/** The same number of rectangles as the index has, in an rtree with nothing around it, and one query for a point. */
const plainRtree = (rectangles: number) => {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE VIRTUAL TABLE r USING rtree_i32 (id, k0, k1, d0, d1, p0, p1)');
  const insert = db.prepare('INSERT INTO r VALUES (?, ?, ?, ?, ?, ?, ?)');
  db.exec('BEGIN');
  for (let n = 0; n < rectangles; n++) {
    const [kind, day, position] = [(n * 31) % 2_000, (n * 7_919) % 5_000, n / 3];
    insert.run(n, kind, kind, day, day + 500, position, 0x7fffffff);
  }
  db.exec('COMMIT');
  const query = db.prepare(
    'SELECT count(*) FROM r WHERE k0 <= ? AND k1 >= ? AND d0 <= ? AND d1 >= ? AND p0 <= ? AND p1 >= ?',
  );
  let asked = 0;
  const ask = (): void => {
    const kind = (asked++ * 37) % 2_000;
    query.get(kind, kind, 2_500, 2_500, rectangles, rectangles);
  };
  return { ask, close: () => db.close() };
};

const ms = (time: number): string => `${time.toFixed(1).padStart(8)} ms`;

/** Questions over all agreements: made once, asked of a warm index at days that differ, beside a plain rtree. */
export const measurePortfolio = async (folder: string, quick: boolean): Promise<string> => {
  const agreements = quick ? 200 : 10_000;
  const path = join(folder, 'portfolio.db');
  await filled(path, agreements);
  await using store = await openStore(`sqlite:${path}`);
  const index = join(folder, 'portfolio.portfolio.db');
  await using app = await createApp({
    store,
    now: Date.now,
    portfolio: { path: index, patience: Number.POSITIVE_INFINITY },
  });
  const ask = (asked: object, day: number): Promise<unknown> => {
    const at = { effectiveOn: `2013-${String(1 + (day % 12)).padStart(2, '0')}-15` };
    const question: PortfolioQuestion = portfolioQuestion.parse({ ...asked, at });
    return app.views.portfolio(question, { first: 20 });
  };
  const events = agreements * PER_AGREEMENT;
  const building = await timed(() => ask({}, 0));
  const resident = process.memoryUsage.rss() / 2 ** 20;
  const db = new DatabaseSync(index, { readOnly: true });
  const [rectangles, size] = ['SELECT count(*) AS n FROM held', 'PRAGMA page_count'].map((query) =>
    Number(Object.values(db.prepare(query).get() ?? {})[0]),
  );
  db.close();
  const anchor = plainRtree(rectangles ?? 0);
  const lines = [
    `${(building / 1_000).toFixed(1).padStart(8)} s   index of ${agreements} agreements, ${events} events: ${rectangles} rectangles, ${(((size ?? 0) * 4) / 1_024).toFixed(0)} MiB; ${resident.toFixed(0)} MiB resident`,
  ];
  for (const [what, asked] of QUESTIONS) {
    const times: { ours: number[]; anchor: number[] } = { ours: [], anchor: [] };
    for (let n = 0; n < TIMES; n++) {
      times.anchor.push(await timed(anchor.ask));
      times.ours.push(await timed(() => ask(asked, n)));
    }
    const { totalCount } = (await ask(asked, 0)) as { totalCount: number };
    lines.push(
      `${ms(median(times.ours))}  ${what}: ${totalCount} found (plain rtree query ${ms(median(times.anchor)).trim()})`,
    );
  }
  anchor.close();
  return lines.join('\n');
};
