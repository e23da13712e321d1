import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchParts } from '#importers/documents/match-parts.ts';
import type { Part } from '#importers/documents/part.ts';

const WORDS =
  'provider customer data fee term notice secret renew audit law court pay day month use'.split(
    ' ',
  );
/** A clause of words that stand in few others; the same seed gives the same clause. */
const clause = (seed: number, words = 40): Part => ({
  kind: 'CLAUSE',
  text: `${Array.from({ length: words }, (_, at) => `${WORDS[(at * seed) % WORDS.length]}${(seed * 7 + at) % 97}`).join(' ')}.\n`,
});
const clauses = (...seeds: readonly number[]) => seeds.map((seed) => clause(seed));
const texts = (...all: readonly string[]): readonly Part[] =>
  all.map((text) => ({ kind: 'PARAGRAPH', text }));
const halves = ({ text }: Part): readonly [string, string] => {
  const middle = text.indexOf(' ', text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
};

describe('the parts of a version and those of the one before', () => {
  test('unchanged, each goes on as it was', () => {
    const parts = [...clauses(1, 2, 3), ...texts('again', 'again', 'again')];
    expect(matchParts(parts, parts)).toEqual({
      origins: [0, 1, 2, 3, 4, 5],
      splits: [],
      mergers: [],
    });
  });

  test('each older part goes on in one newer part at most, whatever the texts', () => {
    const part = fc.constantFrom('a', 'b b', 'c d e', 'c d f', 'c d e c d f', '', '# A\n', 'x y z');
    const parts = fc.array(part, { maxLength: 12 }).map((all) => texts(...all));
    fc.assert(
      fc.property(parts, parts, (before, after) => {
        const { origins, splits, mergers } = matchParts(before, after);
        const gone = [
          ...origins.filter((origin) => origin !== undefined),
          ...splits.map(({ from }) => from),
          ...mergers.flatMap(({ from }) => from),
        ];
        const come = [
          ...origins.flatMap((origin, at) => (origin === undefined ? [] : [at])),
          ...splits.flatMap(({ to }) => to),
          ...mergers.map(({ to }) => to),
        ];
        expect(new Set(gone).size).toBe(gone.length);
        expect(new Set(come).size).toBe(come.length);
        const kept = after.filter(({ text }) => before.some((older) => older.text === text));
        if (new Set(after.map(({ text }) => text)).size === after.length) {
          for (const { text } of kept) {
            const origin = origins[after.findIndex((one) => one.text === text)];
            expect(before[origin ?? -1]?.text).toBe(text);
          }
        }
      }),
    );
  });

  test('go on wherever they moved', () => {
    const order = [4, 0, 6, 1, 5, 3, 2];
    const before = clauses(1, 2, 3, 5, 8, 13, 21);
    const after = order.flatMap((at) => before[at] ?? []);
    expect(matchParts(before, after).origins).toEqual(order);
  });

  test('go on reworded while half of the words stay', () => {
    const [one, two] = halves(clause(2));
    const after = [clause(1), ...texts(`entirely other words here, ${two}`), clause(3)];
    expect(one).not.toBe('');
    expect(matchParts(clauses(1, 2, 3), after).origins).toEqual([0, 1, 2]);
  });

  test('go on under the same heading with few words alike, and under a new number', () => {
    const before: readonly Part[] = [
      {
        kind: 'SECTION',
        number: '4',
        heading: 'Fees',
        text: '## 4. Fees\nThe Customer pays the fees of the order.',
      },
      clause(1),
    ];
    const after: readonly Part[] = [
      clause(1),
      {
        kind: 'SECTION',
        number: '5',
        heading: 'Fees',
        text: '## 5. Fees\nThe Customer pays all fees at once.',
      },
    ];
    expect(matchParts(before, after).origins).toEqual([1, 0]);
  });

  test('repeated texts go with their neighbours', () => {
    const again = texts('Back to top')[0] ?? clause(9);
    const before = [clause(1), again, clause(2), again, clause(3), again];
    const after = [clause(1), clause(2), again, clause(3), again];
    expect(matchParts(before, after).origins).toEqual([0, 2, 3, 4, 5]);
  });

  test('a part whose words come back in two is split', () => {
    const [one, two] = halves(clause(2));
    const after = [clause(1), ...texts(one, two), clause(3)];
    expect(matchParts(clauses(1, 2, 3), after)).toEqual({
      origins: [0, undefined, undefined, 2],
      splits: [{ from: 1, to: [1, 2] }],
      mergers: [],
    });
  });

  test('two parts whose words come back in one are merged', () => {
    const [one, two] = halves(clause(2));
    const before = [clause(1), ...texts(one), clause(3), ...texts(two)];
    expect(matchParts(before, clauses(1, 2, 3))).toEqual({
      origins: [0, undefined, 2],
      splits: [],
      mergers: [{ from: [1, 3], to: 1 }],
    });
  });

  test('a part that lost a few sentences to a new one goes on', () => {
    const text = clause(2, 100).text;
    const cut = text.indexOf(' ', text.length * 0.8);
    const after = [clause(1), ...texts(text.slice(0, cut)), clause(3), ...texts(text.slice(cut))];
    expect(matchParts([clause(1), clause(2, 100), clause(3)], after).origins).toEqual([
      0,
      1,
      2,
      undefined,
    ]);
  });

  test('what has nothing in common is gone and new', () => {
    expect(matchParts(clauses(1, 2), [clause(1), ...texts('Nothing of the kind')])).toEqual({
      origins: [0, undefined],
      splits: [],
      mergers: [],
    });
  });
});
