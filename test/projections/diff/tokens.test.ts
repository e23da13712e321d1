import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf } from '#projections/diff/pieces.ts';
import { textOf, tokenPair } from '#projections/diff/tokens.ts';

const cut = (text: string): readonly string[] => {
  const { a } = tokenPair(text, '');
  return Array.from(a.ids, (_, at) => textOf(a, at, at + 1));
};

test('words keep their apostrophes, numbers their points and commas', () => {
  expect(cut("the party's 13,000.50, l’art. 4.2.")).toEqual([
    'the',
    ' ',
    "party's",
    ' ',
    '13,000.50',
    ',',
    ' ',
    'l’art',
    '.',
    ' ',
    '4.2',
    '.',
  ]);
});

test('a run of white space is one token, a quotation mark its own', () => {
  expect(cut("a\r\n\t b 'c'")).toEqual(['a', '\r\n\t ', 'b', ' ', "'", 'c', "'"]);
});

test('scripts without spaces are cut into characters', () => {
  expect(cut('契約は2025年')).toEqual(['契', '約', 'は', '2025', '年']);
});

test('marks, flags and joined emoji are never torn apart', () => {
  expect(cut('e\u0301té👩‍⚖️🇫🇷👍🏽')).toEqual(['e\u0301té', '👩‍⚖️', '🇫🇷', '👍🏽']);
});

test('an address on the web and a tag of HTML are one token each', () => {
  expect(cut('(https://a.example/b-c?d=1). <b id="x">a < b')).toEqual([
    '(',
    'https://a.example/b-c?d=1',
    ')',
    '.',
    ' ',
    '<b id="x">',
    'a',
    ' ',
    '<',
    ' ',
    'b',
  ]);
});

test('sentences end with their point, at items of a list and with their paragraph', () => {
  const text =
    '1. Acme Inc. shall pay. “Yes.” Then (no). See No. 5 of\nthe list. 3.5 is it.\n\n- one\n- two\n| a | b |\r\n\r\n契約。次の文。それ';
  expect(piecesOf(text, 'SENTENCES')).toEqual([
    '1. Acme Inc. shall pay.',
    ' ',
    '“Yes.”',
    ' ',
    'Then (no).',
    ' ',
    'See No. 5 of\nthe list.',
    ' ',
    '3.5 is it.',
    '\n\n',
    '- one',
    '\n',
    '- two',
    '\n',
    '| a | b |',
    '\r\n\r\n',
    '契約。',
    '次の文。',
    'それ',
  ]);
});

test('paragraphs end with an empty line', () => {
  expect(piecesOf('a.\nb\n \nc\r\n\r\nd\n', 'PARAGRAPHS')).toEqual([
    'a.\nb',
    '\n \n',
    'c',
    '\r\n\r\n',
    'd',
    '\n',
  ]);
});

test('every character belongs to exactly one token, and equal ids mean equal texts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
      const { a, b, vocabulary } = tokenPair(left, right);
      const tokens = [a, b].flatMap((side) =>
        Array.from(side.ids, (id, at) => ({ id, text: textOf(side, at, at + 1) })),
      );
      expect(tokens.map(({ text }) => text).join('')).toBe(left + right);
      expect(tokens.every(({ text }) => text !== '')).toBe(true);
      expect(new Set(tokens.map(({ id, text }) => `${id} ${text}`)).size).toBe(vocabulary);
      expect(new Set(tokens.map(({ text }) => text)).size).toBe(vocabulary);
    }),
  );
});
