import { describe, expect, test } from 'vitest';
import { diffWords } from '#projections/diff/words.ts';
import { redline } from './redline.ts';

const compared = (before: string, after: string) => redline(diffWords(before, after));

describe('where a change begins and ends', () => {
  test.each([
    [
      'a sentence with its point',
      'It ends. It binds.',
      'It ends. It renews each year. It binds.',
      'It ends. {+It renews each year. +}It binds.',
    ],
    [
      'a line with its mark',
      '- rent\n- tax\n- water',
      '- rent\n- fees\n- tax\n- water',
      '- rent\n{+- fees\n+}- tax\n- water',
    ],
    [
      'a numbered clause from its number, as far as it can',
      'the API.\n2. Abuse ends it',
      'the API.\n2. No spying.\n3. Abuse ends it',
      'the API.\n2. {+No spying.\n3. +}Abuse ends it',
    ],
    [
      'a link with its bracket',
      'see [b](u), [c](v)',
      'see [a](t), [b](u), [c](v)',
      'see {+[a](t), +}[b](u), [c](v)',
    ],
    [
      'a word with the space behind it',
      'the fee is due',
      'the annual fee is due',
      'the {+annual +}fee is due',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(compared(before, after)).toBe(expected);
  });
});

describe('phrases', () => {
  test.each([
    [
      'a word that happens to stay within what was rewritten goes with it',
      'if the Cover Page or Order Form omit or do not say',
      'if the Cover Page omits or does not say',
      'if the Cover Page [-or Order Form omit or do-]{+omits or does+} not say',
    ],
    [
      'a word that stays between two additions stays',
      'The tenant may quit',
      'The tenant and its guests may at any time quit',
      'The tenant {+and its guests +}may {+at any time +}quit',
    ],
    [
      'words longer than what changed beside them stay',
      'in 30 days of the notice to the landlord by 5 pm',
      'in 60 days of the notice to the landlord by 6 pm',
      'in [-30-]{+60+} days of the notice to the landlord by [-5-]{+6+} pm',
    ],
    [
      'a figure that stays is never struck out',
      'The sum fully paid within 30 days thereof matters',
      'The amount received in 30 calendar days matters',
      'The [-sum fully paid within-]{+amount received in+} 30 {+calendar +}days [-thereof -]matters',
    ],
    [
      'a day that gave way to another is a change of its own',
      '*Updated: May 4, 2020*\n\nHello there',
      '*We have changed our company name back.*\n\n*Updated: July 9, 2021*\n\nHello there',
      '{+*We have changed our company name back.*\n\n+}*Updated: [-May 4, 2020-]{+July 9, 2021+}*\n\nHello there',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(compared(before, after)).toBe(expected);
  });
});

test('words that only stand on other lines stay', () => {
  const words = Array.from({ length: 4_000 }, (_, at) => `w${at % 50}`);
  const changes = diffWords(words.join(' '), words.join('\n')).filter(({ op }) => op !== 'EQUAL');
  expect(changes.every(({ text }) => text.trim() === '')).toBe(true);
  expect(compared('has been\nproved since', 'has\nbeen proved since')).toBe(
    'has[- -]{+\n+}been[-\n-]{+ +}proved since',
  );
});
