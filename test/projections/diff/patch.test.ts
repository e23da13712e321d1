import fc from 'fast-check';
import { applyPatch, type Operation } from 'fast-json-patch';
import cases from 'json-patch-test-suite/tests.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { type Json, jsonPatch } from '#projections/diff/patch.ts';
import { twoStates } from './random-states.ts';

/** Applies with somebody else's implementation of RFC 6902, `test` operations included. */
const applied = (doc: Json, patch: readonly unknown[]): unknown =>
  applyPatch(structuredClone(doc), structuredClone(patch) as Operation[], true).newDocument;

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

/** Lists of things with ids, some of which say something else, come, go or change places. */
const things = fc.uniqueArray(
  fc.record({
    termId: fc.constantFrom('a', 'b', 'c', 'd'),
    n: fc.nat(2),
    list: fc.array(fc.nat(3)),
  }),
  { selector: ({ termId }) => termId },
);

describe('a JSON patch', () => {
  it('makes the one document of the other in an independent implementation', () => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(json, json), fc.tuple(things, things)), ([old, now]) => {
        expect(applied(old, jsonPatch(old, now))).toEqual(now);
      }),
      { numRuns: 1_000 },
    );
  });

  it('makes one state of another', () => {
    fc.assert(
      fc.property(twoStates, ([from, to]) => {
        const [old, now] = [from, to].map((state) => JSON.parse(JSON.stringify(state)));
        expect(applied(old, jsonPatch(old, now))).toEqual(now);
      }),
    );
  });

  it('does not apply to a document that lacks what it takes away', () => {
    const patch = jsonPatch({ terms: [{ termId: 'rent', amount: '100' }] }, { terms: [] });
    expect(() => applied({ terms: [{ termId: 'rent', amount: '120' }] }, patch)).toThrow('TEST');
  });

  it('changes what says something else where it is, and leaves the rest alone', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((termId) => ({ termId, says: 1 }));
    expect(jsonPatch([a, b, c] as Json, [a, { ...b, says: 2 }, c] as Json)).toEqual([
      { op: 'test', path: '/1/says', value: 1 },
      { op: 'replace', path: '/1/says', value: 2 },
    ]);
    expect(jsonPatch([a, b, c] as Json, [b, c] as Json)).toEqual([
      { op: 'test', path: '/0', value: a },
      { op: 'remove', path: '/0' },
    ]);
  });

  const pairs = (cases as readonly { doc: Json; expected?: Json; comment?: string }[]).filter(
    ({ expected }) => expected !== undefined,
  );
  it.each(pairs.map((each, n) => [each.comment ?? `case ${n}`, each] as const))(
    'gets from the document to the result of the public suite: %s',
    (_, { doc, expected }) => {
      const now = expected ?? null;
      expect(applied(doc, jsonPatch(doc, now))).toEqual(now);
    },
  );
});
