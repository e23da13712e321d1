import fc from 'fast-check';
import { expect, it } from 'vitest';
import { zeroParts } from '../../../src/importers/sources/zero-parts.ts';

const partsOf = async (chunks: readonly Buffer[]): Promise<readonly string[]> => {
  const stream = async function* () {
    yield* chunks;
  };
  const parts = await Array.fromAsync(zeroParts(stream()));
  return parts.map((part) => part.toString('latin1'));
};

it('gives the parts between zeros, however the stream is cut into pieces', async () => {
  const chunks = fc.array(fc.array(fc.constantFrom('\0', 'a', 'b'), { maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(chunks, async (given) => {
      const texts = given.map((letters) => letters.join(''));
      const parts = texts.join('').split('\0');
      const expected = parts.at(-1) === '' ? parts.slice(0, -1) : parts;
      expect(await partsOf(texts.map((text) => Buffer.from(text)))).toEqual(expected);
    }),
  );
});
