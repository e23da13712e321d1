import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { aHarbour, LEASE } from './harbour.ts';

const NDA = fileURLToPath(
  new URL('../importers/data/commonpaper-Mutual-NDA.versions.jsonl', import.meta.url),
);

describe('codicil import', () => {
  it('makes an agreement of each document, and gains nothing the second time', async () => {
    const { cli } = await aHarbour(false);
    const first = await cli(`import versions ${NDA}`);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/^documents {2}3\nversions {3}13 recorded, 0 were there already\n/);
    const again = await cli(`import versions ${NDA}`);
    expect(again.out).toMatch(
      /versions {3}0 recorded, 13 were there already\n(?:.*\n)*events {5}0\n/,
    );
    const { out } = await cli('text commonpaper-mutual-nda.mutual-nda --at 2021-12-31T00:00:00Z');
    expect(out).toMatch(/^# /);
  });

  it('shows beforehand what would be imported', async () => {
    const { cli } = await aHarbour(false);
    const { out } = await cli(`import versions ${NDA} --dry-run --prefix nda`);
    expect(out).toMatch(/^nda\.mutual-nda +\d+ versions +2021-\S+ to \S+ +Mutual-NDA\.md$/m);
    expect(out).toContain('3 documents, 13 versions');
    expect((await cli('agreements')).code).toBe(3);
  });

  it('takes folders and what they hold, and names what it left out', async () => {
    const { cli, folder } = await aHarbour(false);
    const pile = join(folder, 'contracts');
    mkdirSync(join(pile, 'msa'), { recursive: true });
    writeFileSync(join(pile, 'msa', 'MSA 2024-01-15.md'), '# MSA\n\n1. Pay 100.\n');
    writeFileSync(join(pile, 'msa', 'MSA 2024-06-01.md'), '# MSA\n\n1. Pay 120.\n');
    writeFileSync(join(pile, 'msa', 'NDA 2024-02-01.md'), '# NDA\n\n1. Hush.\n');
    writeFileSync(join(pile, 'logo.png'), Buffer.from([0x89, 0x50, 0, 0xff]));
    const { out } = await cli(`import folder ${pile} --prefix c`);
    expect(out).toContain('documents  2');
    expect(out).toContain('Left out: 1');
    expect((await cli('text c.msa.msa --on 2024-03-01')).out).toContain('Pay 100');
    await cli(`import folder ${pile} --prefix f --agreement-per folder`);
    const whole = (await cli('text f.msa --on 2024-03-01')).out;
    expect(whole).toBe('# MSA\n\n1. Pay 100.\n# NDA\n\n1. Hush.\n');
  });

  it('takes agreement files as record does', async () => {
    const { cli } = await aHarbour(false);
    expect(await cli(`import agreement ${LEASE}`)).toMatchObject({ code: 0 });
    expect((await cli('agreements')).out).toContain('harbour-lease');
  });

  it('goes on as the pile changes', async () => {
    const { cli, folder } = await aHarbour(false);
    const pile = join(folder, 'pile');
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b', ...args], { cwd: pile });
    const commit = (text: string, day: string) => {
      writeFileSync(join(pile, 'policy.md'), text);
      git('add', '.');
      process.env['GIT_COMMITTER_DATE'] = `${day}T00:00:00Z`;
      git('commit', '-q', '-m', day);
      delete process.env['GIT_COMMITTER_DATE'];
    };
    mkdirSync(pile);
    git('init', '-q');
    commit('One.\n', '2020-01-01');
    const stop = new AbortController();
    let stage = 0;
    const ran = await cli(`import git ${pile} --watch --prefix p`, {
      now: Date.now,
      signal: stop.signal,
      onOut: (out) => {
        if (stage === 0 && out.includes('events')) {
          stage = 1;
          setTimeout(() => commit('Two.\n', '2020-02-01'), 0);
        }
        if (stage === 1 && out.includes('1 recorded, 1 were there already')) stop.abort();
      },
    });
    expect(ran.code).toBe(0);
    expect((await cli('text p.policy', { now: Date.now })).out).toBe('Two.\n');
  });

  it.each([
    ['versions nowhere.jsonl', 4, 'nowhere.jsonl'],
    ['git .', 4, ''],
    ['pile here', 2, 'Allowed choices'],
    ['git a b', 2, 'one pile at a time'],
    ['folder . --order anyhow', 2, 'Allowed choices'],
  ])('says what is wrong with: import %s', async (line, exit, why) => {
    const { cli, folder } = await aHarbour(false);
    const ran = await cli(`import ${line.replace(/ \.$/, ` ${folder}`)}`);
    expect(ran.code).toBe(exit);
    expect(ran.err).toContain(why);
  });
});
