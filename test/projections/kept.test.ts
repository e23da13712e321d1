import { expect, test } from 'vitest';
import { dayNumber } from '#events/days.ts';
import { Kept } from '#projections/fold/kept.ts';

const DAY = dayNumber(2025, 1, 21);

test('what was worked out last is kept, however much it weighs', () => {
  const kept = new Kept<string>(10_000_000);
  let made = 0;
  const ask = () => kept.get(DAY, () => `day ${++made}`);
  expect([ask(), ask()]).toEqual(['day 1', 'day 1']);
});

test('many days worked out do not stay', () => {
  const kept = new Kept<number>(1_000);
  let made = 0;
  for (let day = DAY; day < DAY + 1_000; day++) kept.get(day, () => ++made);
  expect(kept.get(DAY, () => ++made)).toBe(1_001);
  expect(kept.get(DAY, () => ++made)).toBe(1_001);
});
