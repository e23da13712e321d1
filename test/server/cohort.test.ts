import { expect, test } from 'vitest';
import { behindOthers, together } from '#server/cohort.ts';

test('those who come in one turn go on in the next, in their order', async () => {
  const went: number[] = [];
  const come = (n: number) => together().then(() => went.push(n));
  const all = Array.from({ length: 100 }, (_, n) => come(n));
  await Promise.resolve();
  expect(went).toEqual([]);
  await Promise.all(all);
  expect(went).toEqual(Array.from({ length: 100 }, (_, n) => n));
});

test('a crowd goes on in parts, so that the first need not wait for the last', async () => {
  const log: string[] = [];
  const stages = async (n: number) => {
    await together();
    log.push(`read ${n}`);
    await Promise.resolve();
    log.push(`answered ${n}`);
  };
  await Promise.all(Array.from({ length: 100 }, (_, n) => stages(n)));
  expect(log.indexOf('answered 0')).toBeLessThan(log.indexOf('read 99'));
  expect(log.indexOf('read 1')).toBeLessThan(log.indexOf('answered 0'));
});

test('who comes later has a turn of its own', async () => {
  const turns: number[] = [];
  for (let n = 0; n < 3; n++) {
    await together();
    turns.push(n);
  }
  expect(turns).toEqual([0, 1, 2]);
});

test('who is slow goes behind the others, also if it came first, and by itself', async () => {
  const log: string[] = [];
  const slow = ['a', 'b'].map(async (name) => {
    await behindOthers();
    log.push(`${name} runs`);
    await Promise.resolve();
    log.push(`${name} answers`);
  });
  const quick = Array.from({ length: 10 }, async (_, n) => {
    await together();
    await Promise.resolve();
    log.push(`quick ${n}`);
  });
  await Promise.all([...slow, ...quick]);
  expect(log.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, n) => `quick ${n}`));
  expect(log.slice(10)).toEqual(['a runs', 'a answers', 'b runs', 'b answers']);
});
