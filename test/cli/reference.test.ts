import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { question } from '#app/question.ts';
import { EXIT_CODES } from '#cli/exit-codes.ts';
import { COORDINATES } from '#cli/question-options.ts';
import { FINDING_CODES } from '#events/record.ts';
import { ERROR_CODES } from '#graphql/errors.ts';
import { RULE_NAMES, RULES } from '#projections/explain/rules.ts';
import { SETTINGS } from '#src/config.ts';
import { commandReference } from './command-reference.ts';

/** The first table of a reference page, cell by cell without code marks, header left out. */
const tableOf = (page: string): readonly (readonly string[])[] => {
  const text = readFileSync(new URL(`../../docs/reference/${page}.md`, import.meta.url), 'utf8');
  const lines = text.split('\n');
  const rows = lines.slice(lines.findIndex((line) => line.startsWith('| ---')) + 1);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
};

describe('the reference pages list what the code has, no more and no less', () => {
  it('settings', () => {
    const settings = SETTINGS.map(({ variable, flag, fallback, meaning }) => [
      variable,
      flag,
      fallback,
      meaning,
    ]);
    expect(tableOf('settings')).toEqual(settings);
  });

  it('exit codes', () => {
    const codes = Object.entries(EXIT_CODES);
    expect(tableOf('exit-codes')).toEqual(
      codes.map(([name, { code, meaning }]) => [String(code), name, meaning]),
    );
  });

  it('coordinates, which are all that a question can have', () => {
    expect(tableOf('coordinates')).toEqual(
      COORDINATES.map(({ field, flag, meaning }) => [field, flag, meaning]),
    );
    expect(COORDINATES.map(({ field }) => field)).toEqual(Object.keys(question.shape));
  });

  it('the command line, made from it: npm test -- -u writes it anew', async () => {
    await expect(commandReference()).toMatchFileSnapshot('../../docs/reference/cli.md');
  });

  it('errors', () => {
    expect(tableOf('errors')).toEqual(Object.entries(ERROR_CODES));
  });

  it('rules of explanations', () => {
    expect(tableOf('rules')).toEqual(
      RULE_NAMES.map((rule) => [rule, `§${RULES[rule].section}`, RULES[rule].says]),
    );
  });

  it('sections of the model that rules name are there', () => {
    const model = readFileSync(new URL('../../docs/model.md', import.meta.url), 'utf8');
    const six = model.slice(model.indexOf('## 6.'), model.indexOf('## 7.'));
    for (const { section } of Object.values(RULES)) {
      const [whole, step] = section.split('.');
      expect(model).toContain(`\n## ${whole}. `);
      if (step === undefined) continue;
      const start = step === '12' ? '### 12. ' : `${step}. **`;
      expect([section, six.includes(`\n${start}`)]).toEqual([section, true]);
    }
  });

  it('findings', () => {
    expect(tableOf('findings').map(([code]) => code)).toEqual([...FINDING_CODES]);
  });
});
