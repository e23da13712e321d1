import { describe, expect, it } from 'vitest';
import { paintFor } from '#cli/io.ts';
import { columns, indented, wrapped } from '#render/layout.ts';

describe('text on a narrow screen', () => {
  it('breaks at spaces and keeps its own line breaks', () => {
    expect(wrapped('the quick brown fox\njumps', 10)).toEqual(['the quick', 'brown fox', 'jumps']);
  });

  it('leaves a word whole that is longer than a line', () => {
    expect(wrapped('a https://example.org/long b', 8)).toEqual([
      'a',
      'https://example.org/long',
      'b',
    ]);
  });

  it('is indented without trailing blanks on empty lines', () => {
    expect(indented(['a', '', 'b'], 2)).toEqual(['  a', '', '  b']);
  });
});

describe('columns', () => {
  it('stand below each other, whatever they look like', () => {
    const look = (text: string) => `<${text}>`;
    expect(
      columns([
        [{ text: 'a', look }, 'one', 'x'],
        ['bbb', 'two', ''],
      ]),
    ).toEqual(['<a  >  one  x', 'bbb  two']);
  });
});

describe('colours', () => {
  const terminal = { isTTY: true, write: () => undefined };
  const pipe = { isTTY: false, write: () => undefined };
  const shows = (sink: typeof pipe, env: { readonly [name: string]: string }) =>
    paintFor(sink, env)('red', 'text') !== 'text';

  it('are for terminals', () => {
    expect([shows(terminal, {}), shows(pipe, {})]).toEqual([true, false]);
    expect(shows(terminal, { TERM: 'dumb' })).toBe(false);
  });

  it('go away with NO_COLOR, and come with FORCE_COLOR', () => {
    expect(shows(terminal, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(shows(terminal, { NO_COLOR: '' })).toBe(true);
    expect([shows(pipe, { FORCE_COLOR: '1' }), shows(terminal, { FORCE_COLOR: '0' })]).toEqual([
      true,
      false,
    ]);
  });
});
