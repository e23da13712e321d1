import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aHarbour, LEASE } from './harbour.ts';

describe('codicil terms', () => {
  it('shows what holds on a day, why, and on what proof', async () => {
    const { cli } = await aHarbour();
    const { out, code } = await cli('terms harbour-lease --on 2025-02-01');
    expect(code).toBe(0);
    expect(out).toMatch(/rent {2}PRICE {2}since 2024-01-01 {2}DOCUMENT_TEXT\n {4}4\.1 Rent\n/);
    expect(out).toContain('The rent is 120 EUR a day');
    expect(out).toMatch(/dueDays {2}30 days\n +rent {5}120 EUR/);
    expect(out).toContain('by “First amendment”, executed 2024-11-05');
    expect(out).toContain('berths.exclusive');
    expect(out).not.toContain('berths.first-refusal  RIGHT');
  });

  it('shows what possibly holds inside an uncertain date, and takes the end it is told', async () => {
    const { cli } = await aHarbour();
    const inside = await cli('terms harbour-lease --on 2025-04-15');
    expect(inside.out).toMatch(/Possibly\n {2}STARTED {2}berths/);
    expect(inside.out).toMatch(/berths\.exclusive .* {2}uncertain\n/);
    const earliest = await cli('terms harbour-lease --on 2025-04-15 --uncertain earliest');
    expect(earliest.out).toContain('berths.first-refusal  RIGHT_OF_FIRST_REFUSAL');
  });

  it('says that there is nothing to say before coverage, and what is not seen behind it', async () => {
    const { cli } = await aHarbour();
    const before = await cli('terms harbour-lease --on 2023-12-31');
    expect(before.out).toContain('our observation begins on 2024-01-01 (BEFORE_COVERAGE)');
    const behind = await cli('terms harbour-lease --on 2026-01-01');
    expect(behind.out).toContain('We have looked until 2025-12-31 only');
  });

  it('assumes what it is told to', async () => {
    const { cli } = await aHarbour();
    const { out } = await cli('terms harbour-lease --on 2025-07-01 --assume claim:sale');
    expect(out).not.toMatch(/^ {2}rent {2}PRICE/m);
    expect(out).toContain('assuming {"claims":["sale"]}');
  });

  it('prints the state and its basis as JSON, which ask for the same again', async () => {
    const { cli } = await aHarbour();
    const { state, basis } = JSON.parse(
      (await cli('terms harbour-lease --on 2025-02-01 --json')).out,
    );
    expect(state.terms.map(({ termId }: { termId: string }) => termId)).toEqual([
      'rent',
      'berths.exclusive',
    ]);
    const flags = `--on ${basis.effectiveOn} --known-at ${basis.knownAt} --position ${basis.position}`;
    const again = JSON.parse((await cli(`terms harbour-lease ${flags} --json`)).out);
    expect(again).toEqual({ state, basis });
  });

  it('colours what a terminal shows, unless NO_COLOR says otherwise', async () => {
    const { cli } = await aHarbour();
    const line = 'terms harbour-lease --on 2025-02-01';
    const esc = '\u001b[';
    expect((await cli(line, { terminal: true })).out).toContain(esc);
    expect((await cli(line)).out).not.toContain(esc);
    const silent = await cli(line, { terminal: true, env: { NO_COLOR: '1' } });
    expect(silent.out).not.toContain(esc);
  });
});

describe('lists', () => {
  it('of agreements are those with a party or a kind of term in force', async () => {
    const { cli } = await aHarbour();
    const listed = async (flags: string) => (await cli(`agreements ${flags}`)).out;
    expect(await listed('--party ferry')).toMatch(/^harbour-lease {2}IN_FORCE {2}2 terms/);
    expect(await listed('--party tug')).toBe('None.\n');
    expect(await listed('--term-kind EXCLUSIVITY --on 2025-02-01')).toMatch(/^harbour-lease/);
    expect(await listed('--term-kind EXCLUSIVITY --on 2025-07-01')).toBe('None.\n');
  });

  it('of agreements say which terms state what is asked for', async () => {
    const { cli } = await aHarbour();
    const { out } = await cli('agreements --fact rent --fact-above 100EUR --on 2025-02-01');
    expect(out).toMatch(/^harbour-lease .*\n {2}rent {2}PRICE {2}DOCUMENT_TEXT {2}rent 120 EUR\n$/);
    expect((await cli('agreements --fact-above 120EUR --on 2025-02-01')).out).toBe('None.\n');
    const rows = JSON.parse((await cli('agreements --evidence document-text --json')).out);
    expect(rows).toMatchObject([{ agreementId: 'harbour-lease', termsInForce: 2 }]);
    expect(
      await cli(`agreements --after ${rows[0].cursor} --evidence document-text`),
    ).toMatchObject({ code: 0, out: 'None.\n' });
  });

  it('of who is concerned by a change name what it touches', async () => {
    const { cli } = await aHarbour();
    expect(await cli('impact harbour-lease first-amendment')).toMatchObject({
      code: 0,
      out: 'touches EXCLUSIVITY, PRICE, RIGHT_OF_FIRST_REFUSAL\nNone.\n',
    });
    expect(await cli('impact harbour-lease nothing')).toMatchObject({ code: 3 });
    expect((await cli('impact nobody nothing')).err).toMatch(/No agreement is called nobody/);
  });

  it('of versions are counted along the days', async () => {
    const { cli } = await aHarbour();
    const { out } = await cli('versions harbour-lease');
    expect(out).toMatch(
      /v1 {2}2024-01-01 to 2025-01-01 {2}lease\/addTerm:rent, lease\/addTerm:berths/,
    );
    expect(out).toMatch(/v2 {2}2025-01-01 to 2025-03-01 {2}first-amendment\/amendTerm:rent/);
  });

  it('of papers say what each did, and of claims what became of them', async () => {
    const { cli } = await aHarbour();
    expect((await cli('timeline harbour-lease')).out).toMatch(
      /First amendment {2}first-amendment\n {2}AMENDMENT · executed 2024-11-05\n {2}TermAmended +rent +from 2025-01-01/,
    );
    expect((await cli('claims harbour-lease')).out).toMatch(
      /sale {2}RUMOURED {2}2025-06-02 {2}Harbour Gazette {2}open/,
    );
  });

  it('of events go on behind a revision, and are what answer reads', async () => {
    const { cli, folder } = await aHarbour();
    expect((await cli('log harbour-lease --after 7')).out.split('\n')).toHaveLength(3);
    expect((await cli('log harbour-lease --after 2 --first 1')).out).toMatch(
      /^ +3 .* TermAdded +lease\/addTerm:rent\n$/,
    );
    const [events, at] = [join(folder, 'events.jsonl'), join(folder, 'at.jsonl')];
    writeFileSync(events, (await cli('log harbour-lease --json')).out);
    writeFileSync(at, '{"effectiveOn":"2025-02-01"}');
    const { state } = JSON.parse((await cli('terms harbour-lease --on 2025-02-01 --json')).out);
    expect(JSON.parse((await cli(`answer --events ${events} --at ${at}`)).out)).toEqual(state);
  });
});

describe('what is not there', () => {
  it.each([
    [
      'terms harbor-lease',
      /^codicil: No agreement is called harbor-lease\. Did you mean harbour-lease\?\n$/,
    ],
    [
      'terms harbour-lease --version 9',
      /There are versions 1 to \d at this knowledge, and no version 9/,
    ],
    ['terms harbour-lease --tag signing', /No point is tagged signing/],
    ['log nobody', /^codicil: No agreement is called nobody\.\n$/],
  ])('%s is said in one sentence', async (line, message) => {
    const { cli } = await aHarbour();
    const { code, out, err } = await cli(line);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(message);
  });

  it('is a log that nobody made, and asking makes none', async () => {
    const { cli } = await aHarbour(false);
    const first = await cli('agreements');
    expect(first.code).toBe(3);
    expect(first.err).toMatch(/^codicil: There is no log at .*codicil\.db yet; "codicil serve"/);
    expect(await cli('agreements')).toEqual(first);
  });
});

describe('a command line that is not understood', () => {
  it.each([
    ['trems harbour-lease', /unknown command 'trems'/],
    ['terms', /missing required argument 'agreement'/],
    ['terms harbour-lease --onn 2025-01-01', /unknown option '--onn'/],
    ['terms harbour-lease --on 1.1.2025', /--on can't be "1\.1\.2025": expected a day/],
    ['terms harbour-lease --on 2025-01-01 --version 1', /give one of them/],
    [
      'agreements --store codicil.db',
      /--store can't be "codicil.db": expected a connection string/,
    ],
    ['agreements --store mysql:x', /sqlite:PATH/],
    ['agreements --fact rent', /add --fact-above/],
    ['agreements --fact-above much', /--fact-above can't be "much": expected an amount/],
    ['agreements --finding odd', /--finding: Invalid option: expected one of/],
    ['agreements --sort fact', /--sort: an order by FACT goes by the first fact/],
    ['agreements --first few', /--first can't be "few": expected a whole number/],
  ])('%s exits with 2', async (line, message) => {
    const { cli } = await aHarbour();
    const { code, err } = await cli(line);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('the log itself', () => {
  it('is verified, and readings fold to the same again', async () => {
    const { cli } = await aHarbour();
    expect(await cli('verify')).toMatchObject({ code: 0, out: 'sound  9 events\n' });
    expect((await cli('rebuild')).out).toMatch(
      /^same {2}harbour-lease {2}\d days {2}[0-9a-f]{64}\n$/,
    );
  });

  it('can not be another file', async () => {
    const { cli } = await aHarbour(false);
    const { code, err } = await cli(`agreements --store sqlite:${LEASE}`);
    expect(code).toBe(4);
    expect(err).toMatch(/name another path for the log/);
  });

  it('prints what an agreement file looks like, and what can be asked', async () => {
    const { cli } = await aHarbour(false);
    expect(JSON.parse((await cli('schema --agreement-file')).out).title).toBe(
      'Codicil agreement file',
    );
    expect((await cli('schema')).out).toContain('type Query');
  });
});
