import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { programOf } from '#cli/program.ts';
import { commandLine } from './command-line.ts';
import { aHarbour } from './harbour.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const silent = { write: () => undefined };
const program = programOf({
  out: silent,
  err: silent,
  env: {},
  signal: new AbortController().signal,
  now: () => 0,
});
const names = program.commands.map((command) => command.name());

const examplesIn = (help: string): readonly string[] =>
  help
    .slice(help.indexOf('Examples:\n'))
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/ {3,}/)[0] ?? '');

/** Those that read the log and end by themselves, without a shell's help. */
const isRunnable = (line: string): boolean =>
  /^codicil (?!serve|record|import|export|answer|copy-log|watch$|watch [\w-]+ --term)/.test(line) &&
  !/[>'"]|--store/.test(line);

describe('help', () => {
  it('is asked for without failing, and names every command', async () => {
    const { code, out, err } = await commandLine(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const name of names) expect(out).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  });

  it.each(names)('of %s says what it does and gives examples of it', async (name) => {
    const { code, out } = await commandLine(['help', name]);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: codicil ${name}`);
    expect(examplesIn(out).some((line) => line.includes(`codicil ${name}`))).toBe(true);
  });

  it('is shown on the error stream to whoever names no command', async () => {
    const { code, out, err } = await commandLine([]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: codicil');
  });

  it('gives examples that work on the bundled agreements', async () => {
    const { cli } = await aHarbour(false);
    expect(await cli(`record ${join(root, 'agreements/microsoft-openai.yaml')}`)).toMatchObject({
      code: 0,
    });
    const helps = await Promise.all(names.map((name) => commandLine(['help', name])));
    const lines = helps.flatMap(({ out }) => examplesIn(out)).filter(isRunnable);
    expect(lines.length).toBeGreaterThan(12);
    const now = { now: Date.now };
    for (const line of lines) {
      const ran = await cli(line.replace(/^codicil /, ''), now);
      expect([line, ran.code, ran.err]).toEqual([line, 0, '']);
    }
  });

  it('gives the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(await commandLine(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });
});
