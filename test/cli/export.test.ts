import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { describeWithGit, git } from '../importers/sources/git.ts';
import { aHarbour } from './harbour.ts';

/** The state on a day as the command line tells it, and the digest of its basis. */
const digest = ({ out }: { readonly out: string }): string => JSON.parse(out).basis.digest;

describe('codicil export', () => {
  it('prints an agreement file that another log records to the same state', async () => {
    const [one, other] = [await aHarbour(), await aHarbour(false)];
    const printed = await one.cli('export harbour-lease --format yaml');
    expect(printed).toMatchObject({ code: 0, err: '' });
    const file = join(one.folder, 'lease.yaml');
    const saved = await one.cli(`export harbour-lease --format yaml --out ${file}`);
    expect(saved).toMatchObject({ code: 0, out: `harbour-lease  9 events  ${file}\n` });
    expect(readFileSync(file, 'utf8')).toBe(printed.out);
    expect((await other.cli(`record ${file}`)).code).toBe(0);
    const terms = 'terms harbour-lease --on 2025-07-01 --json';
    expect(digest(await other.cli(terms))).toBe(digest(await one.cli(terms)));
  });

  it('prints events that another log takes in as they are', async () => {
    const [one, other] = [await aHarbour(), await aHarbour(false)];
    const file = join(one.folder, 'lease.jsonl');
    const { out } = await one.cli('export harbour-lease --format jsonl');
    await one.cli(`export harbour-lease --format jsonl --out ${file}`);
    expect(readFileSync(file, 'utf8')).toBe(out);
    expect(out.trimEnd().split('\n')).toHaveLength(9);
    const dry = await other.cli(`import events ${file} --dry-run`);
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('0 events recorded') });
    expect(existsSync(join(other.folder, 'log'))).toBe(false);
    const taken = await other.cli(`import events ${file} --json`);
    expect(JSON.parse(taken.out)).toMatchObject({
      agreement: 'harbour-lease',
      recorded: 9,
      before: 0,
    });
    const again = await other.cli(`import events ${file}`);
    expect(again.out).toBe('harbour-lease  0 events recorded, 9 were there already\n');
    const log = 'log harbour-lease --json';
    expect((await other.cli(log)).out).toBe((await one.cli(log)).out);
  });

  it('says which line of a file of events is wrong, and records nothing', async () => {
    const { cli, folder } = await aHarbour();
    const { out } = await cli('export harbour-lease --format jsonl');
    const file = join(folder, 'spoilt.jsonl');
    writeFileSync(file, out.replace('"revision":3', '"revision":"three"'));
    const refused = await cli(`import events ${file} --store sqlite:${join(folder, 'other.db')}`);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain(`${file}:3  revision: `);
    expect(refused.err).toContain('Nothing of it was recorded.');
    const missing = await cli(`import events ${join(folder, 'none')}`);
    expect(missing).toMatchObject({ code: 4, err: expect.stringContaining('can not be read') });
  });

  it.each([
    ['export harbour-lease', 2, '--format'],
    ['export harbour-lease --format pdf', 2, 'yaml, jsonl, git, bundle'],
    ['export harbour-lease --format git', 2, 'say where with --out'],
    ['export harbour-lease --format yaml --json', 2, 'say where with --out'],
    ['export harbour-leese --format yaml', 3, 'Did you mean harbour-lease?'],
    [
      'export harbour-lease --format jsonl --out /nowhere/at/all',
      4,
      '/nowhere/at/all can not be written',
    ],
    [
      'export harbour-lease --format yaml --out /nowhere/at/all',
      4,
      '/nowhere/at/all can not be written',
    ],
  ])('refuses %j with exit code %d', async (line, code, said) => {
    const { cli } = await aHarbour();
    const ran = await cli(line);
    expect(ran.code).toBe(code);
    expect(ran.err).toContain(said);
  });

  it('says so when it was interrupted', async () => {
    const { cli } = await aHarbour();
    const ran = await cli('export harbour-lease --format jsonl', { signal: AbortSignal.abort() });
    expect(ran).toMatchObject({ code: 4, err: expect.stringContaining('not whole') });
  });

  it('says in one sentence that there is no git, and makes nothing', async () => {
    const { cli, folder } = await aHarbour();
    vi.stubEnv('PATH', '/nowhere');
    const ran = await cli(`export harbour-lease --format git --out ${join(folder, 'new')}`);
    vi.unstubAllEnvs();
    expect(ran.code).toBe(4);
    expect(ran.err).toMatch(/^codicil: The program git could not be started; install git .*\n$/);
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });
});

describeWithGit('codicil export to git', () => {
  it('makes a repository whose texts are those of codicil text', async () => {
    const { cli, folder } = await aHarbour();
    const out = join(folder, 'repository');
    const made = await cli(`export harbour-lease --format git --out ${out} --json`);
    const { head, commits } = JSON.parse(made.out);
    expect(git(out, ['rev-list', '--count', 'HEAD']).toString().trim()).toBe(String(commits));
    const { out: text } = await cli('text harbour-lease --version 4');
    expect(git(out, ['show', `${head}:harbour-lease.md`]).toString()).toBe(text);
    expect(readFileSync(join(out, 'harbour-lease.md'), 'utf8')).toBe(text);
    const again = await cli(`export harbour-lease --format git --out ${out}`);
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('is not empty') });
  });

  it('makes one file of it that git clones', async () => {
    const { cli, folder } = await aHarbour();
    mkdirSync(join(folder, 'there'));
    const file = join(folder, 'there', 'lease.bundle');
    const made = await cli(`export harbour-lease --format bundle --out ${file} --json`);
    git(folder, ['clone', '--quiet', file, 'clone']);
    const head = git(join(folder, 'clone'), ['rev-parse', 'HEAD']).toString().trim();
    expect(head).toBe(JSON.parse(made.out).head);
  });
});
