import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { App } from '#app/app.ts';
import { createApp } from '#app/create-app.ts';
import type { PortfolioQuestion } from '#app/portfolio-question.ts';
import { openStore } from '#store/open.ts';
import type { EventStore } from '#store/store.ts';
import { aFolder } from '../store/folder.ts';
import { append, type Entry, randomLog } from './random-log.ts';
import { randomQuestion } from './random-question.ts';
import { fittingTerms, sortedStates } from './reference.ts';

const NOW = Date.parse('2026-01-15T11:00:00Z');
const clock = () => NOW;

/** What a list says, page by page. */
const walked = async ({ views }: App, asked: PortfolioQuestion, first: number) => {
  const rows: unknown[] = [];
  let [after, total]: [string | undefined, number] = [undefined, 0];
  for (;;) {
    const page = await views.portfolio(asked, { first, after });
    rows.push(
      ...page.rows.map(({ agreementId, title, standing, termCount, parties, terms }) => ({
        ...{ agreementId, title, standing, termCount, parties },
        terms: terms.map(({ termId }) => termId),
      })),
    );
    total = page.totalCount;
    after = page.rows.at(-1)?.cursor;
    if (!page.hasNextPage) return { rows, total };
  }
};

/** What it should say. */
const expected = async ({ views }: App, asked: PortfolioQuestion) => {
  const { at = {}, filter = {}, order = { by: 'ID' } } = asked;
  const answers = await Promise.all((await views.agreements()).map((id) => views.stateAt(id, at)));
  const states = answers.flatMap((answer) => answer?.state ?? []);
  const rows = sortedStates(states, filter, order).map((state) => ({
    agreementId: state.agreementId,
    title: state.title,
    standing: state.standing,
    termCount: state.terms.length,
    parties: [...new Set(state.parties.map(({ partyId }) => partyId))].toSorted(),
    terms: fittingTerms(state, filter.term),
  }));
  return { rows, total: rows.length };
};

const reachable = (asked: PortfolioQuestion, end: number): PortfolioQuestion => {
  const { position } = asked.at ?? {};
  return position === undefined
    ? asked
    : { ...asked, at: { ...asked.at, position: Math.min(position, end) } };
};

let matched = 0;
const agree = async (app: App, store: EventStore, questions: readonly PortfolioQuestion[]) => {
  const { position } = await store.head();
  for (const [n, asked] of questions.entries()) {
    const question = reachable(asked, position);
    const should = await expected(app, question);
    matched += should.rows.length;
    expect(await walked(app, question, 1 + (n % 3))).toEqual(should);
  }
};

const questions = fc.array(randomQuestion, { minLength: 12, maxLength: 12 });

test('what the index says is what folding every agreement says, also after more was recorded', async () => {
  const property = fc.asyncProperty(randomLog, questions, fc.nat(), async (log, asked, cut) => {
    await using store = await openStore('sqlite::memory:', { now: clock });
    await using app = await createApp({ store, now: clock });
    const half = cut % (log.length + 1);
    await append(store, log.slice(0, half));
    await agree(app, store, asked.slice(0, 4));
    await append(store, log.slice(half));
    await agree(app, store, asked);
  });
  await fc.assert(property, { numRuns: 25 });
  expect(matched).toBeGreaterThan(100);
});

const opened = async (path: string, log: readonly Entry[]) => {
  const store = await openStore(`sqlite:${path}`, { now: clock });
  await append(store, log);
  return store;
};

/** As one that was killed before it could say how far it had got. */
const leaveInTheMiddle = (path: string): void => {
  const db = new DatabaseSync(path);
  db.exec("UPDATE follows SET checkpoint = 0, event = ''");
  db.close();
};

test('an index that is there, was left in the middle, is another log’s, damaged or gone says the same', async () => {
  const property = fc.asyncProperty(
    fc.tuple(randomLog, randomLog),
    questions,
    async ([log, other], asked) => {
      const [dir, elsewhere] = [aFolder(), aFolder()];
      const path = join(dir, 'index.db');
      await using store = await opened(join(dir, 'log.db'), log);
      await using foreign = await opened(join(elsewhere, 'log.db'), other);
      const ask = async (from: EventStore) => {
        await using app = await createApp({ store: from, now: clock, portfolio: { path } });
        await agree(app, from, asked.slice(0, 4));
      };
      await ask(store);
      await ask(store);
      await ask(foreign);
      await ask(store);
      leaveInTheMiddle(path);
      await ask(store);
      leaveInTheMiddle(path);
      await ask(foreign);
      await ask(store);
      writeFileSync(path, Buffer.alloc(3_000, 'Cdcp'));
      await ask(store);
      expect(existsSync(path)).toBe(true);
      for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
      await ask(store);
    },
  );
  await fc.assert(property, { numRuns: 4, endOnFailure: true });
});
