import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { AMENDMENTS } from './amendments.ts';
import { measured, WAYS } from './compared-words.ts';
import { historiesIn, pairsOf } from './histories.ts';
import { ownColumns } from './redline-table.ts';
import { troublesOf } from './redlines.ts';

const DATA = fileURLToPath(new URL('./data/', import.meta.url));
const TABLE = readFileSync(
  new URL('../../docs/reference/real-amendments.md', import.meta.url),
  'utf8',
);

describe('real documents', () => {
  test.each(historiesIn(DATA))('%s: the hunks are both texts, there and back', (history) => {
    const pairs = pairsOf(DATA, history);
    expect(pairs.length).toBeGreaterThan(2);
    expect(pairs.flatMap(troublesOf)).toEqual([]);
  });

  test('one word that stands once on either side does not tie two clauses together', () => {
    const terms = pairsOf(DATA, 'basecamp-policies').find(
      ({ to }) => to.path === 'terms/index.md' && to.seq === 35,
    );
    const hunks = WAYS.ours(terms?.from.text ?? '', terms?.to.text ?? '') ?? [];
    // "either" stands in another clause as well, on the other side.
    expect(hunks).toContainEqual({
      op: 'INSERT',
      text: ', and you may not permit any of your users to do so, either',
    });
  });

  test('what the docs say of an amendment is so', () => {
    const here = AMENDMENTS.filter(({ history }) => historiesIn(DATA).includes(history));
    expect(here.length).toBeGreaterThan(2);
    for (const amendment of here) {
      expect(TABLE).toContain(`| ${ownColumns(DATA, amendment).join(' | ')} |`);
    }
  });

  test('the docs list every amendment with its remark', () => {
    for (const { name, remark } of AMENDMENTS) {
      const row = TABLE.split('\n').find((line) => line.startsWith(`| ${name}: `));
      expect(row?.endsWith(` | ${remark} |`)).toBe(true);
    }
  });
});

test('changes, those without a word, and crumbs between changes are counted', () => {
  const hunks = [
    { op: 'DELETE', text: 'old words' },
    { op: 'EQUAL', text: ' of the ' },
    { op: 'INSERT', text: ', ' },
    { op: 'EQUAL', text: 'three words stay' },
    { op: 'INSERT', text: 'new' },
    { op: 'EQUAL', text: ' end' },
  ] as const;
  expect(measured(hunks)).toEqual({ changes: 3, wordless: 1, crumbs: 1 });
});

test('git and jsdiff are read rightly', () => {
  const [before, after] = ['One two three.\nFour five\n\nsix', 'One 2 three.\nFour, five\n\nsix'];
  expect(measured(WAYS.git(before, after) ?? [])).toEqual({ changes: 4, wordless: 0, crumbs: 1 });
  expect(measured(WAYS.jsdiff(before, after) ?? [])).toEqual({
    changes: 3,
    wordless: 1,
    crumbs: 1,
  });
});
