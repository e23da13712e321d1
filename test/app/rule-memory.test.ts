import { expect, test } from 'vitest';
import { parseCommand } from '#agreement/commands.ts';
import { eventsOf } from '#agreement/rule-state.ts';
import { openExecutor } from '#app/execute.ts';
import { RuleMemory } from '#app/rule-memory.ts';
import { openStore } from '#store/open.ts';
import type { EventStore } from '#store/store.ts';

const AGREEMENTS = ['a', 'b', 'c', 'd', 'e'];

/** A log with so many agreements of one event, and what is read of it. */
const openLog = async () => {
  const store = await openStore('sqlite::memory:');
  const { execute } = openExecutor(store);
  for (const agreement of AGREEMENTS) {
    const head = {
      agreement,
      title: 'Deal',
      timeZone: 'UTC',
      parties: [{ partyId: 'p', name: 'P' }],
    };
    await execute(parseCommand('RecordAgreement', head), { by: 'test', commandId: agreement });
  }
  let read = 0;
  const log: Pick<EventStore, 'readStream'> = {
    readStream: async function* (stream, options) {
      for await (const page of store.readStream(stream, options)) {
        read += page.length;
        yield page;
      }
    },
  };
  return { store, log, read: () => read };
};

test('what is forgotten is read again, and answers the same', async () => {
  const { store, log } = await openLog();
  const memory = new RuleMemory(log, 2);
  for (let round = 0; round < 20; round++) {
    for (const agreement of AGREEMENTS) {
      const state = await memory.current(agreement);
      expect([state.agreement, state.revision, eventsOf(state).length]).toEqual([agreement, 1, 1]);
    }
  }
  await store[Symbol.asyncDispose]();
});

test('as many states are kept as fit, though more are asked for in turn', async () => {
  const { store, log, read } = await openLog();
  const memory = new RuleMemory(log, 4);
  const rounds = 200;
  for (let round = 0; round < rounds; round++) {
    for (const agreement of AGREEMENTS) await memory.current(agreement);
  }
  // The longest unused first would read all five in each round.
  expect(read()).toBeLessThan(rounds * AGREEMENTS.length * 0.75);
  await store[Symbol.asyncDispose]();
});

test('nothing is forgotten while all fit', async () => {
  const { store, log, read } = await openLog();
  const memory = new RuleMemory(log, 5);
  for (let round = 0; round < 3; round++) {
    for (const agreement of AGREEMENTS) await memory.current(agreement);
  }
  expect(read()).toBe(AGREEMENTS.length);
  await store[Symbol.asyncDispose]();
});
