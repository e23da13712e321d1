import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { InTurns } from '#app/in-turns.ts';
import { question } from '#app/question.ts';
import { condition } from '#projections/bisect/condition.ts';
import { openTestApp } from './open-test-app.ts';

describe('long questions', () => {
  test('let others have their turn before they are answered', async () => {
    let isOver = false;
    function* patient(): Generator<undefined, string> {
      while (!isOver) yield;
      return 'answered';
    }
    const answer = new InTurns().answer(patient());
    // Without turns for others this is never reached.
    await nextTurn();
    isOver = true;
    expect(await answer).toBe('answered');
  });

  test('are worked on side by side, each in its own order', async () => {
    const told: string[] = [];
    function* teller(name: string, waitsFor: () => boolean): Generator<undefined, string> {
      while (!waitsFor()) yield;
      told.push(name);
      return name;
    }
    const turns = new InTurns();
    const first = turns.answer(teller('first', () => told.includes('second')));
    const second = turns.answer(teller('second', () => true));
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
    expect(told).toEqual(['second', 'first']);
    expect(await turns.answer(teller('third', () => true))).toBe('third');
  });

  test('fail alone', async () => {
    function* failing(): Generator<undefined, string> {
      yield;
      throw new Error('as expected');
    }
    function* fine(): Generator<undefined, string> {
      yield;
      return 'fine';
    }
    const turns = new InTurns();
    const [failed, done] = await Promise.allSettled([
      turns.answer(failing()),
      turns.answer(fine()),
    ]);
    expect(failed).toMatchObject({ status: 'rejected', reason: new Error('as expected') });
    expect(done).toEqual({ status: 'fulfilled', value: 'fine' });
  });
});

const amended = (change: number) => ({
  amendTerm: {
    ...{ changeId: `c${change}`, termId: 't', values: { prose: `${change}` } },
    effectiveFrom: `20${20 + (change % 20)}~`,
  },
});

/** One paper that amends a term as often as asked, nobody knows exactly when. */
const aLongPaper = async (amendments: number) => {
  const house = await openTestApp('2025-03-01T00:00:00Z');
  const parties = [{ partyId: 'p', name: 'P' }];
  await house.record('RecordAgreement', {
    ...{ agreement: 'long', title: 'Long', timeZone: 'UTC', parties },
  });
  await house.record('RecordInstrument', {
    agreement: 'long',
    instrument: { id: 'first', kind: 'ORIGINAL', title: 'First', executedAt: '2020-01-01' },
    changes: [
      { addTerm: { termId: 't', kind: 'CLAUSE', prose: '0' } },
      ...Array.from({ length: amendments }, (_, change) => amended(change)),
    ],
  });
  return house;
};

test('bisect of a long history answers others meanwhile, and itself as if nothing came in between', async () => {
  await using house = await aLongPaper(300);
  const { views } = house.app;
  const at = question.parse({ effectiveOn: '2060-01-01' });
  const says = condition.parse({ says: { term: 't', words: '7' } });
  const before = await views.bisect('long', at, says);
  expect(before?.known.length).toBeGreaterThan(3);
  let isOver = false;
  const answer = views.bisect('long', at, says).finally(() => {
    isOver = true;
  });
  await house.record('RecordInstrument', {
    agreement: 'long',
    instrument: { id: 'second', kind: 'AMENDMENT', title: 'Second', executedAt: '2020-01-01' },
    changes: [amended(777)],
  });
  expect((await views.stateAt('long', at))?.basis.position).toBeGreaterThan(
    before?.basis.position ?? 0,
  );
  let turns = 0;
  for (; !isOver; turns++) await nextTurn();
  expect(turns).toBeGreaterThan(0);
  expect(await answer).toEqual(before);
});
