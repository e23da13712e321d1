import { expect, test } from 'vitest';
import { z } from 'zod';
import { passOverAbsent } from '#agreement/pass-over-absent.ts';

const make = () => {
  const leaf = z.string().min(2, { error: 'too short' });
  const either = z.union([z.int(), z.strictObject({ deep: leaf.exactOptional() })]);
  return z
    .strictObject({
      name: leaf,
      maybe: leaf.exactOptional(),
      nullable: leaf.nullable().exactOptional(),
      either: either.exactOptional(),
      list: z.array(z.strictObject({ one: leaf.exactOptional() })).default([]),
      fallback: z.string().default('x').exactOptional(),
    })
    .refine(({ maybe }) => maybe !== 'no', { error: 'not no', path: ['maybe'] })
    .transform((value) => ({ keys: Object.keys(value), value }));
};

const plain = make();
const quick = make();
passOverAbsent(quick);

test.each([
  [{ name: 'ab' }],
  [{ name: 'ab', maybe: 'cd', nullable: null, either: 3, list: [{}, { one: 'ab' }] }],
  [{ nullable: 'ab', name: 'ab', either: { deep: 'ab' } }],
  [{ name: 'a', maybe: 'c', nullable: 'n', either: { deep: 'd' }, list: [{ one: 'a' }] }],
  [{ name: 'ab', either: { deep: 1, other: 2 }, more: 1 }],
  [{ name: 'ab', either: 'x', list: [{ two: 'a' }] }],
  [{ name: 'ab', maybe: 'no' }],
  [{ name: 'ab', maybe: null }],
  [{}],
  [[]],
  [null],
])('%j is read as without it', (value) => {
  expect(quick.safeParse(value)).toEqual(plain.safeParse(value));
});

test('a key that is there and undefined is refused still', () => {
  const value = { name: 'ab', maybe: undefined };
  const issue = expect.objectContaining({ code: 'invalid_type', path: ['maybe'] });
  expect(plain.safeParse(value).error?.issues).toEqual([issue]);
  expect(quick.safeParse(value).error?.issues).toEqual([issue]);
});

test('an absent key costs no look at what it could be', () => {
  let looks = 0;
  const schema = z.object({
    key: z
      .custom((value) => {
        looks += 1;
        return value !== undefined;
      })
      .exactOptional(),
  });
  const looksFor = (value: unknown) => {
    const before = looks;
    schema.parse(value);
    return looks - before;
  };
  expect(looksFor({})).toBe(1);
  passOverAbsent(schema);
  expect([looksFor({}), looksFor({ key: 1 })]).toEqual([0, 1]);
});
