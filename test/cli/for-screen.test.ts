import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forScreen } from '#cli/for-screen.ts';
import { commandLine } from './command-line.ts';

test('what people wrote can not take the screen over', () => {
  expect(forScreen('\u001b]0;title\u0007\u001b[2J\u009b1m\u007f')).toBe(
    '␛]0;title␇␛[2J\\u009b1m\\u007f',
  );
});

test('line ends and tabs stay, and a line is not overwritten', () => {
  expect(forScreen('a\tb\r\nc\nd\re')).toBe('a\tb\r\nc\nd␍e');
});

describe('colours', () => {
  test('of ours stay', () => {
    expect(forScreen('\u001b[1m\u001b[31mred\u001b[39m\u001b[22m', true)).toBe(
      '\u001b[1m\u001b[31mred\u001b[39m\u001b[22m',
    );
  });

  test('come from nobody else, and nothing is hidden by them', () => {
    expect(forScreen('\u001b[31mred')).toBe('␛[31mred');
    expect(forScreen('\u001b[8mhidden\u001b[38;5;0mblack', true)).toBe('␛[8mhidden␛[38;5;0mblack');
  });
});

describe('an agreement whose texts hold control sequences', () => {
  const folder = mkdtempSync(join(tmpdir(), 'codicil-screen-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const evil = '\\e]0;taken\\a\\e[2J';
  const file = join(folder, 'evil.yaml');
  const env = { CODICIL_STORE: `sqlite:${join(folder, 'log.db')}`, FORCE_COLOR: '1' };

  beforeAll(async () => {
    writeFileSync(
      file,
      `agreement: evil
title: "Deal ${evil}"
timeZone: UTC
parties: [{ partyId: p, name: "P ${evil}" }]
instruments:
  - id: one
    kind: ORIGINAL
    title: "One ${evil}"
    executedAt: 2024-01-01
    changes:
      - addTerm: { termId: rent, kind: PRICE, heading: "Rent ${evil}", prose: "Ten ${evil}." }
  - id: two
    kind: AMENDMENT
    title: "Two ${evil}"
    executedAt: 2025-01-01
    changes:
      - amendTerm: { termId: rent, values: { prose: "Twelve ${evil}." } }
`,
    );
    const { code, err } = await commandLine(['record', file], { env });
    expect([code, err]).toEqual([0, '']);
  });

  test.each([
    ['agreements'],
    ['terms', 'evil'],
    ['text', 'evil'],
    ['diff', 'evil', '2024-06-01', '2025-06-01'],
    ['explain', 'evil', 'rent'],
    ['timeline', 'evil'],
    ['versions', 'evil'],
    ['log', 'evil'],
    ['copy', 'evil'],
    ['terms', '\u001b]0;nobody\u0007'],
  ])('%s %s shows them', async (...argv) => {
    const { out, err } = await commandLine(argv, { env, terminal: true });
    expect(`${out}${err}`.length).toBeGreaterThan(10);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
    expect(`${out}${err}`).not.toMatch(/\u001b\]|\u001b\[2J|\u0007/);
  });

  test('text sends them on, to the byte, where it is not read on a screen', async () => {
    const { out } = await commandLine(['text', 'evil'], { env });
    expect(out).toBe('Twelve \u001b]0;taken\u0007\u001b[2J.');
  });
});
