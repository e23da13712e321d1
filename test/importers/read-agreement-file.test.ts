import { describe, expect, it } from 'vitest';
import { readAgreementFile } from '#importers/read-agreement-file.ts';

const HEAD = `agreement: lease
title: Lease
timeZone: UTC
parties: [{ partyId: p, name: P }]
`;
const INSTRUMENT = `${HEAD}instruments:
  - id: one
    kind: NOTICE
    title: One
`;

/** `line:column message` of every problem. */
const problems = (text: string) =>
  readAgreementFile(text).problems.map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );

describe('a mistake of form is reported with its place and what would be right:', () => {
  it('a key that is not known, with the nearest one that is', () => {
    expect(problems(`${INSTRUMENT}    anouncedAt: 2020\n`)).toEqual([
      '9:5 unknown key anouncedAt in instruments[0]. Did you mean announcedAt?',
    ]);
    expect(problems(`${INSTRUMENT}    changes: [{ addTrem: {} }]\n`)).toEqual([
      '9:17 unknown key addTrem in instruments[0].changes[0]. Did you mean addTerm?',
    ]);
  });

  it('a key that is missing, at what it is missing from', () => {
    expect(problems(INSTRUMENT.replace('    kind: NOTICE\n', ''))).toEqual([
      '6:5 instruments[0].kind is missing: expected string',
    ]);
  });

  it('a word of a closed list, with the list and the nearest', () => {
    const [problem = ''] = problems(
      `${INSTRUMENT}    sources: [{ title: T, grade: COURT_RECRD }]\n`,
    );
    expect(problem).toMatch(
      /^9:34 instruments\[0\].sources\[0\].grade: expected one of DOCUMENT_TEXT, /,
    );
    expect(problem).toMatch(/Did you mean COURT_RECORD\?$/);
  });

  it('a date with brackets that lacks its quotes', () => {
    expect(problems(`${INSTRUMENT}    executedAt: [..2026-04-27]\n`)).toEqual([
      '9:17 instruments[0].executedAt: a date with brackets needs quotes: "[..2026-04-27]"',
    ]);
    expect(problems(`${INSTRUMENT}    executedAt: "[..2026-04-27]"\n`)).toEqual([]);
    expect(problems(`${INSTRUMENT}    executedAt: [2026.04]\n`)[0]).not.toMatch(/needs quotes/);
  });

  // A pattern for dots between brackets tries each dot as the first of two: half an hour.
  it('a list of a megabyte of dots', () => {
    const [problem] = problems(`${INSTRUMENT}    executedAt: [${'.'.repeat(1_000_000)}, []]\n`);
    expect(problem).toMatch(/^9:17 instruments\[0\].executedAt: /);
    expect(problem).not.toMatch(/needs quotes/);
  });

  it('a date that does not exist', () => {
    expect(problems(`${INSTRUMENT}    executedAt: 2021-02-30\n`)[0]).toMatch(
      /^9:17 .*2021-02 has 28 days, so there is no 2021-02-30/,
    );
  });

  it('a month that does not exist', () => {
    expect(problems(`${INSTRUMENT}    executedAt: 2021-13-01\n`)[0]).toMatch(
      /there is no month 13, so no 2021-13-01/,
    );
  });

  it('a comma that cuts a text in two', () => {
    const parties = HEAD.replace('name: P', 'name: P, and sons');
    expect(problems(parties)[0]).toMatch(
      /^4:\d+ unknown key and sons .* A text with a comma inside \{ \} needs quotes\.$/,
    );
  });

  it('blanks that do not fit, once a line and with where to look', () => {
    const found = problems(`${INSTRUMENT}   note: x\n`);
    expect(found[0]).toMatch(/look at the blanks/);
    const lines = found.map((problem) => problem.split(':')[0]);
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('a fact that is a bare number, deep inside', () => {
    const changes =
      '    changes:\n      - addTerm: { termId: t, kind: K, facts: { price: 100 } }\n';
    expect(problems(INSTRUMENT + changes)[0]).toMatch(
      /^10:56 .*facts\.price: expected a fact keyed by its type/,
    );
  });

  it('inside a fact, the field and not the whole fact', () => {
    const changes =
      '    changes:\n      - addTerm: { termId: t, kind: K, facts: { price: { money: { amount: 1, currency: Euro } } } }\n';
    expect(problems(INSTRUMENT + changes)).toEqual([
      expect.stringMatching(/^10:88 .*facts\.price\.money\.currency: expected a currency/),
    ]);
  });

  it('an empty value', () => {
    expect(problems(`${INSTRUMENT}    note:\n`)[0]).toContain('instruments[0].note: is empty');
  });

  it('all of them at once, in the order of the file', () => {
    const text = `${INSTRUMENT}    executedAt: soon\n    anouncedAt: 2020\n`.replace(
      'timeZone: UTC',
      'timeZone: Nowhere',
    );
    expect(problems(text).map((problem) => problem.split(' ')[0])).toEqual([
      '3:11',
      '9:17',
      '10:5',
    ]);
  });
});

describe('YAML', () => {
  it('with an alias of no anchor before it says so with its place', () => {
    expect(problems('a: *x\nb: &x 1')).toEqual(['1:4 no anchor x stands before its alias']);
  });

  it('may repeat much by its aliases, but not without end', () => {
    const repeated = (times: number): string =>
      `a: &a [${'x, '.repeat(20_000)}]\nb: [${Array(times).fill('*a').join(', ')}]`;
    expect(problems(repeated(4))[0]).toBe('1:1 agreement is missing: expected string');
    expect(problems(repeated(6))).toEqual([
      expect.stringMatching(/^1:\d+ aliases that repeat more than 100000 values/),
    ]);
  });

  it('means by an alias the nearest anchor before it', () => {
    const text = `agreement: lease
title: &x Lease
description: *x
timeZone: UTC
parties: [{ partyId: &x p, name: *x }]
`;
    expect(readAgreementFile(text).file).toMatchObject({
      description: 'Lease',
      parties: [{ partyId: 'p', name: 'p' }],
    });
  });

  it('that is broken is reported with its place', () => {
    expect(problems(`${HEAD}title: again\n`)[0]).toMatch(/^5:1 /);
    expect(problems('agreement: [lease')[0]).toMatch(/^1:\d+ /);
    expect(problems('')).toHaveLength(1);
  });

  it('reads dates and numbers as they are written', () => {
    const { file } = readAgreementFile(
      `${INSTRUMENT}    executedAt: 2024\n    announcedAt: 2025-01-21\n    note: 1.50\n`,
    );
    expect(file?.instruments[0]).toMatchObject({
      executedAt: '2024',
      announcedAt: '2025-01-21',
      note: '1.50',
    });
  });

  it('may share values by a few anchors, and does not multiply itself by many', () => {
    expect(
      problems(`${INSTRUMENT}    note: &n text\n  - { id: two, kind: NOTICE, title: *n }\n`),
    ).toEqual([]);
    const bomb = [
      'a: &a [x]',
      ...['b', 'c', 'd', 'e'].map(
        (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcd'[index]}`).join(', ')}]`,
      ),
    ];
    expect(problems(bomb.join('\n'))[0]).toContain('aliases');
  });

  it.each([
    ['a few hundred levels', `agreement: ${'['.repeat(500)}${']'.repeat(500)}`],
    ['more levels than the stack holds', '['.repeat(100_000)],
    ['more keys in keys than the stack holds', '? '.repeat(100_000)],
  ])('nested by %s says so', (_, text) => {
    expect(problems(text)).toEqual([expect.stringMatching(/^1:\d+ nested deeper than 64 levels$/)]);
  });

  it.each([
    ['1:3', `${'? '.repeat(60)}a`],
    ['1:5', 'a: {{ b }}'],
    ['2:1', 'a: &a b\n*a : c'],
  ])('takes nothing but a text for a key, and says so at %s', (place, text) => {
    expect(problems(text)).toEqual([`${place} a key has to be a text: no list, map or alias`]);
  });

  it('refuses a key that is there already, however it is written, with its place', () => {
    expect(problems('a: { b: 1, "b": 2 }\n1: x\n"a": y\n"1": z')).toEqual([
      '1:12 Map keys must be unique',
      '3:1 Map keys must be unique',
      '4:1 Map keys must be unique',
    ]);
  });
});

describe('of more problems than anybody mends at a time the first hundred are told', () => {
  const many = (most: number, line: (n: number) => string): string =>
    Array.from({ length: most }, (_, n) => `${line(n)}\n`).join('');

  it.each([
    ['unknown keys', HEAD + many(60_000, (n) => `key${n}: 1`), '5:1 unknown key key0.', '104:1'],
    ['keys that are there already', many(10_000, () => 'a: 1'), '2:1 Map keys must', '101:1'],
    ['lines that are no YAML', many(10_000, (n) => `a${n}: %`), '1:5 Plain value can', '100:6'],
  ])('%s', (_, text, first, last) => {
    const found = problems(text);
    expect(found).toHaveLength(101);
    expect(found[0]).toContain(first);
    expect(found[100]).toMatch(/ and \d+ more from here on; mend these first$/);
    expect(found[100]?.split(' ')[0]).toBe(last);
  });

  it('keys of as many entries of a list', () => {
    const found = problems(`${HEAD}instruments:\n${many(5_000, (n) => `  - key${n}: 1`)}`);
    expect(found).toHaveLength(101);
    expect(found[100]).toMatch(/ and \d+ more from here on; mend these first$/);
  });
});
