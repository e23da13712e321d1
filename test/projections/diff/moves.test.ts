import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invertDiff } from '#projections/diff/invert.ts';
import { withMoves } from '#projections/diff/moves.ts';
import { GRAINS } from '#projections/diff/pieces.ts';
import { diffStates } from '#projections/diff/terms.ts';
import { diffTexts } from '#projections/diff/texts.ts';
import type { WordHunk } from '#projections/diff/words.ts';
import { twoStates } from './random-states.ts';
import { anyText, prose } from './random-texts.ts';
import { redline } from './redline.ts';
import { inForce, withTerms } from './states.ts';

const compared = (before: string, after: string) => redline(diffTexts(before, after, 'WORDS'));

const wordsIn = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replaceAll(/<\/?[a-z][^<>]*>/gu, ' ')
    .match(/\p{sc=Han}|\p{sc=Hira}|[[\p{L}\p{N}\p{M}]--[\p{sc=Han}\p{sc=Hira}]]+/gv) ?? [];

/** Words that both have, each as often as both have it, in proportion to all. */
const jaccard = (a: readonly string[], b: readonly string[]): number => {
  const left = [...a];
  const common = b.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  }).length;
  return common / (a.length + b.length - common);
};

/** Holds for the moves of any diff: each number once on either side, in order, and mostly the same words. */
const expectMoves = (hunks: readonly WordHunk[]) => {
  const of = (side: WordHunk['op']) =>
    hunks.filter(({ op, move }) => op === side && move !== undefined);
  const [gone, come] = [of('DELETE'), of('INSERT')];
  expect(gone.map(({ move }) => move)).toEqual(gone.map((_, at) => at + 1));
  expect(come.map(({ move }) => move).toSorted((a = 0, b = 0) => a - b)).toEqual(
    gone.map(({ move }) => move),
  );
  expect(of('EQUAL')).toEqual([]);
  for (const { move, text } of gone) {
    const other = come.find((hunk) => hunk.move === move)?.text ?? '';
    const [old, now] = [wordsIn(text), wordsIn(other)];
    expect(Math.min(old.length, now.length)).toBeGreaterThanOrEqual(3);
    expect(jaccard(old, now)).toBeGreaterThanOrEqual(0.8);
  }
};

describe('laws', () => {
  test.each(GRAINS)('moves of a text pair up (%s)', (by) => {
    fc.assert(
      fc.property(fc.oneof(anyText, prose), fc.oneof(anyText, prose), (before, after) => {
        expectMoves(diffTexts(before, after, by));
      }),
      { numRuns: 400 },
    );
  });

  test('moves of states pair up over all entries, there and back', () => {
    fc.assert(
      fc.property(twoStates, ([from, to]) => {
        const diff = diffStates(from, to);
        for (const { entries } of [diff, invertDiff(diff)]) {
          expectMoves(entries.flatMap(({ words }) => words));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a sentence that stands nowhere else is found wherever it goes', () => {
    const stays = Array.from(
      { length: 12 },
      (_, n) => `Clause ${n} stays put w${n} x${n} y${n} z${n}.`,
    );
    const place = fc.nat(stays.length);
    fc.assert(
      fc.property(place, place, fc.integer({ min: 3, max: 9 }), (from, to, length) => {
        fc.pre(Math.abs(from - to) > 1);
        const moves = `${Array.from({ length }, (_, n) => `M${n}`).join(' ')}.`;
        const text = (at: number) => stays.toSpliced(at, 0, moves).join(' ');
        const hunks = diffTexts(text(from), text(to), 'WORDS');
        expect(hunks.filter(({ move }) => move === 1).map((hunk) => hunk.text.trim())).toEqual([
          moves,
          moves,
        ]);
      }),
    );
  });
});

describe('within a text', () => {
  test.each([
    [
      'a sentence',
      'Rent is due. The landlord heats in winter. No pets. Keys go back.',
      'Rent is due. No pets. Keys go back. The landlord heats in winter.',
      'Rent is due. [-⇄1 The landlord heats in winter. -]No pets. Keys go back.{+⇄1  The landlord heats in winter.+}',
    ],
    [
      'a sentence changed on the way',
      'Rent is due. It heats the house in winter at night. No pets. Keys go back at the end of the lease.',
      'Rent is due. No pets. Keys go back at the end of the lease. It heats the whole house in winter at night.',
      'Rent is due. [-⇄1 It heats the house in winter at night. -]No pets. Keys go back at the end of the lease.{+⇄1  It heats the whole house in winter at night.+}',
    ],
    [
      'a part of what was deleted',
      'It ends. Old words go for good. It heats in winter. No pets. Keys go back at the end.',
      'It ends. No pets. Keys go back at the end. It heats in winter.',
      'It ends. [-Old words go for good. -][-⇄1 It heats in winter. -]No pets. Keys go back at the end.{+⇄1  It heats in winter.+}',
    ],
    [
      'a clause that now begins a sentence',
      'The fee is due, and a late fee bears interest, in May. It ends.',
      'The fee is due in May. It ends. A late fee bears interest.',
      'The fee is due[-⇄1 , and a late fee bears interest,-] in May. It ends.{+⇄1  A late fee bears interest.+}',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(compared(before, after)).toBe(expected);
  });

  test.each([
    [
      'two words are no passage',
      'No pets. Rent is due in May. It ends.',
      'Rent is due in May. It ends. No pets.',
    ],
    [
      'what could be one of two is neither',
      'The fee is due. Rent is due in May at noon. It ends with the year. Keys go back then.',
      'Rent is due in May at noon. The fee is due. It ends with the year. The fee is due. Keys go back then.',
    ],
    [
      'what has too little in common is another passage',
      'The tenant heats the house in winter. Rent is due in May at noon. It ends.',
      'Rent is due in May at noon. It ends. The tenant heats the barn in all his summers.',
    ],
  ])('%s', (_, before, after) => {
    expect(compared(before, after)).not.toContain('⇄');
  });

  test('of passages that share words with another as long neither moved', () => {
    const lists = [
      [{ op: 'DELETE', text: 'P1 q1 r1 and and and' }],
      [{ op: 'DELETE', text: 'and and and s1 t1 u1' }],
      [{ op: 'INSERT', text: 'P1 q1 r1 and and and s1 t1 u1' }],
    ] as const;
    expect(withMoves(lists)).toEqual(lists);
  });

  test('an item of a list moves with its mark and its line', () => {
    const [rent, heat, keys] = [
      '- rent each month\n',
      '- heat in the winter\n',
      '- keys at the very end of the lease\n',
    ];
    const before = `Costs\n${rent}- old and gone for good\n${heat}${keys}End`;
    const after = `Costs\n${rent}${keys}${heat}End`;
    expect(compared(before, after)).toBe(
      `Costs\n${rent}[-- old and gone for good\n-][-⇄1 ${heat}-]${keys}{+⇄1 ${heat}+}End`,
    );
  });

  test('by sentences no part of a sentence moves, however long', () => {
    const part = 'within ten days of the day on which it has the notice';
    const before = `It pays in full ${part}. Keys go back at the end of the lease. It is free.`;
    const after = `It pays at once. Keys go back at the end of the lease. It is free to go ${part}.`;
    expect(compared(before, after)).toContain('⇄1');
    expect(redline(diffTexts(before, after, 'SENTENCES'))).not.toContain('⇄');
  });

  test('by sentences whole sentences move', () => {
    const before = 'One is here. Two stays here now. Three is it.';
    const after = 'Two stays here now. Three was it. One is here.';
    expect(redline(diffTexts(before, after, 'SENTENCES'))).toBe(
      '{+⇄1 Two stays here now. +}{+Three was it. +}One is here.[-⇄1  Two stays here now. -][-Three is it.-]',
    );
  });
});

describe('from term to term', () => {
  const HEATING = 'The landlord heats the house in winter to 21 degrees.';
  const RENT = 'Rent is due on the first day of each month.';
  const clause = (id: string, prose: string, kind = 'CLAUSE') =>
    inForce(id, { kind, facts: {}, prose });
  const told = (
    ...[from, to]: readonly [Parameters<typeof withTerms>[0], Parameters<typeof withTerms>[0]]
  ) =>
    diffStates(withTerms(from), withTerms(to)).entries.map(({ effect, words, material }) => [
      effect,
      redline(words),
      material.map(({ flag }) => flag),
    ]);

  test('a passage that goes from one to another is one move, and no number changed', () => {
    expect(
      told(
        [clause('rent', `${RENT} ${HEATING}`), clause('house', 'It is at Harbour Street.')],
        [clause('rent', RENT), clause('house', `It is at Harbour Street. ${HEATING}`)],
      ),
    ).toEqual([
      ['AMENDED', `${RENT}[-⇄1  ${HEATING}-]`, []],
      ['AMENDED', `It is at Harbour Street.{+⇄1  ${HEATING}+}`, []],
    ]);
  });

  test('a number changed on the way is a changed number', () => {
    const [gone, come] = [HEATING, HEATING.replace('21', '19')].map((text) => `${text} `);
    const entries = diffStates(
      withTerms([clause('rent', `${gone}${RENT}`), clause('house', 'It is here.')]),
      withTerms([clause('rent', RENT), clause('house', `${come}It is here.`)]),
    ).entries;
    expect(entries.map(({ material }) => material)).toMatchObject([
      [{ flag: 'NUMBER', removed: ['21'], added: [] }],
      [{ flag: 'NUMBER', removed: [], added: ['19'] }],
    ]);
  });

  test('out of a term that was removed', () => {
    expect(
      told(
        [clause('rent', RENT), clause('heat', `${HEATING} No wood.`)],
        [clause('rent', `${RENT} ${HEATING}`)],
      ),
    ).toEqual([
      ['AMENDED', `${RENT}{+⇄1  ${HEATING}+}`, []],
      ['REMOVED', `[-⇄1 ${HEATING} -][-No wood.-]`, ['NEGATION']],
    ]);
  });

  test('into a term that was added', () => {
    expect(
      told(
        [clause('rent', `${RENT} ${HEATING}`)],
        [clause('rent', RENT), clause('heat', HEATING, 'DUTY')],
      ),
    ).toEqual([
      ['AMENDED', `${RENT}[-⇄1  ${HEATING}-]`, []],
      ['ADDED', `{+⇄1 ${HEATING}+}`, []],
    ]);
  });
});
