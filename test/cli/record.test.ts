import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aHarbour, LEASE } from './harbour.ts';

const eventsIn = async (cli: Awaited<ReturnType<typeof aHarbour>>['cli']): Promise<number> =>
  (await cli('log harbour-lease --json')).out.trimEnd().split('\n').length;

describe('codicil record', () => {
  it('records what is new, and nothing the second time', async () => {
    const { cli } = await aHarbour(false);
    const first = await cli(`record ${LEASE}`);
    expect(first).toMatchObject({ code: 0, out: 'harbour-lease  recorded 9 events\n', err: '' });
    const second = await cli(`record ${LEASE}`);
    expect(second.out).toBe('harbour-lease  nothing new; 5 entries as recorded before\n');
    expect(await eventsIn(cli)).toBe(9);
  });

  it('shows a difference with its place, and records nothing of it', async () => {
    const { cli, edited } = await aHarbour();
    const ran = await cli(`record ${edited(['is 120 EUR', 'is 125 EUR'])}`);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(
      /lease\.yaml:\d+:\d+ {2}instrument first-amendment: .*120 EUR.*125 EUR/,
    );
    expect(ran.out).toContain('--correct "reason"');
    expect(ran.err).toBe('codicil: Nothing of it was recorded.\n');
    expect(await eventsIn(cli)).toBe(9);
  });

  it('records a difference as a correction when it is told why', async () => {
    const { cli, edited } = await aHarbour();
    const ran = await cli(`record --correct misread ${edited(['is 120 EUR', 'is 125 EUR'])}`);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const terms = await cli('terms harbour-lease --on 2025-01-01');
    expect(terms.out).toContain('The rent is 125 EUR a day');
    expect(await eventsIn(cli)).toBe(10);
  });

  it('names all mistakes with line and column', async () => {
    const { cli, edited } = await aHarbour(false);
    const file = edited(
      ['kind: EXCLUSIVITY', 'kind: exclusive'],
      ['executedAt: 2024-11-05', 'executedAt: 5 Nov 2024'],
      ['from: [berths.exclusive]', 'from: [berth.exclusive]'],
    );
    const ran = await cli(`record ${file}`);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/lease\.yaml:29:\d+ {2}.*Did you mean EXCLUSIVE\?/);
    expect(ran.out).toMatch(/lease\.yaml:36:\d+ {2}.*expected an EDTF date/);
    expect(await cli('agreements')).toMatchObject({ out: 'None.\n' });
  });

  it('names mistakes against the rules beside mistakes of form, but none that follows from those', async () => {
    const { cli, edited } = await aHarbour(false);
    const form = edited(
      ['executedAt: 2024-11-05', 'executedAt: 5 Nov 2024'],
      ['termId: rent\n          kind', 'termId: rent\n          sort'],
    );
    expect((await cli(`record ${form}`)).out).not.toContain('is not there');
    const both = edited(
      ['kind: EXCLUSIVITY', 'kind: exclusive'],
      ['executedAt: 2024-11-05', 'executedAt: 5 Nov 2024'],
      ['removeTerm: { termId: rent }', 'removeTerm: { termId: rant }'],
    );
    const { out } = await cli(`record ${both}`);
    expect(out).toMatch(
      /lease\.yaml:\d+:\d+ {2}claim sale \(RUMOURED\): .*rant.*Did you mean rent\?/,
    );
    expect(out).not.toContain('berths.exclusive is not there');
    expect(out.trim().split('\n')).toHaveLength(3);
  });

  it('shows what looks odd in what it recorded', async () => {
    const { cli, edited } = await aHarbour(false);
    const file = edited([
      '- amendTerm:\n          termId: rent\n          values:',
      '- addTerm: { termId: rent, kind: PRICE }\n      - amendTerm:\n          termId: rent\n          values:',
    ]);
    const { out, code } = await cli(`record ${file}`);
    expect(code).toBe(0);
    expect(out).toContain('1 finding to look at:\n  ADDED_AGAIN  ');
  });

  it('only looks, with --check, and makes no log', async () => {
    const { cli, folder, edited } = await aHarbour(false);
    const ran = await cli(`record --check ${LEASE}`);
    expect(ran.out).toBe('harbour-lease  would record 9 events\n');
    expect(existsSync(join(folder, 'log'))).toBe(false);
    await cli(`record ${LEASE}`);
    const file = edited(['  - claimId: sale', '  - claimId: sale-of-the-harbour']);
    expect((await cli(`record --check ${file}`)).out).toMatch(
      /^harbour-lease {2}would record 1 event;/,
    );
    expect(await eventsIn(cli)).toBe(9);
  });

  it('records each file whole or not at all, and says how many it refused', async () => {
    const { cli, edited } = await aHarbour(false);
    const other = edited(
      ['agreement: harbour-lease', 'agreement: other-lease'],
      ['kind: ORIGINAL', 'kind: original'],
    );
    const ran = await cli(`record ${other} ${LEASE}`);
    expect(ran).toMatchObject({ code: 1, err: 'codicil: Nothing of 1 of 2 files was recorded.\n' });
    expect((await cli('agreements')).out).toMatch(/^harbour-lease .*\n$/);
  });

  it('notes who recorded, and from which file', async () => {
    const { cli } = await aHarbour(false);
    await cli(`record --by ada ${LEASE}`);
    const [first = ''] = (await cli('log harbour-lease --json')).out.split('\n');
    expect(JSON.parse(first).metadata).toMatchObject({
      by: 'ada',
      importedFrom: 'harbour-lease.yaml',
    });
  });

  it('says which file is not there', async () => {
    const { cli } = await aHarbour(false);
    expect(await cli('record nowhere.yaml')).toMatchObject({
      code: 3,
      err: 'codicil: There is no file nowhere.yaml.\n',
    });
  });
});
