import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch } from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { textOf } from '../render/docx.ts';
import { aHarbour } from './harbour.ts';

describe('codicil diff', () => {
  it('marks the words, and names facts and cause of what changed between two days', async () => {
    const { cli } = await aHarbour();
    const { code, out } = await cli('diff harbour-lease 2024-12-31 2025-01-01');
    expect(code).toBe(0);
    expect(out).toMatch(/\nAMENDED {2}rent\n {2}rent {2}100 EUR → 120 EUR \(\+20 EUR\)\n/);
    expect(out).toContain('The rent is [-100-]{+120+} EUR a day');
    expect(out).toContain('touches NUMBER (100; 120; rent), MONEY (100 EUR; 120 EUR; rent)');
    expect(out).toContain('by “First amendment”, executed 2024-11-05');
    expect(out).toContain('     “Signed copy”, 2024-11-05, DOCUMENT_TEXT');
    expect(out).not.toContain('berths');
  });

  it('takes versions, and shows a replacement as one entry', async () => {
    const { cli } = await aHarbour();
    const { out } = await cli('diff harbour-lease v2 2025-12-31');
    expect(out.match(/^[A-Z_]+ {2}/gm)).toEqual(['REPLACED  ']);
    expect(out).toContain('REPLACED  berths.exclusive → berths.first-refusal');
    expect(out).toMatch(/kind +EXCLUSIVITY → RIGHT_OF_FIRST_REFUSAL/);
  });

  it('shows between two states of knowledge what was restated', async () => {
    const { cli, edited } = await aHarbour();
    const at = JSON.parse((await cli('terms harbour-lease --json')).out).basis.position;
    await cli(`record --correct misread ${edited(['is 120 EUR', 'is 125 EUR'])}`, {
      now: () => Date.parse('2026-11-09T12:00:00Z'),
    });
    const now = { now: () => Date.parse('2026-11-10T12:00:00Z') };
    const line = 'diff harbour-lease 2025-01-01@known:2026-11-02 2025-01-01';
    const { out } = await cli(line, now);
    expect(at).toBe(9);
    expect(out).toMatch(/\nCORRECTED \(AMENDED\) {2}rent\n/);
    expect(out).toContain('[-120-]{+125+}');
    expect((await cli('diff harbour-lease 2025-01-01 2025-01-02', now)).out).toContain(
      'No difference.',
    );
  });

  it('colours what came and went on a terminal, over the ends of lines', async () => {
    const { cli } = await aHarbour();
    const { out } = await cli('diff harbour-lease v2 2025-12-31', { terminal: true });
    const [red, green, off] = ['\u001b[31m', '\u001b[32m', '\u001b[39m'];
    expect(out).toContain(`${red}[-No other-]${off}`);
    expect(out).toContain(`${green}{+ are offered to the${off}\n    ${green}lessee+}${off}`);
  });

  it('prints the differences and both ends as JSON', async () => {
    const { cli } = await aHarbour();
    const { diff, from, to } = JSON.parse((await cli('diff harbour-lease v1 v2 --json')).out);
    expect(diff.entries).toMatchObject([{ kind: 'AMENDED', from: [{ termId: 'rent' }] }]);
    expect([from.basis.effectiveOn, to.basis.effectiveOn]).toEqual(['2024-01-01', '2025-01-01']);
  });

  it('prints what a program or a person takes on elsewhere, to the screen or into a file', async () => {
    const { cli, folder } = await aHarbour();
    const line = 'diff harbour-lease 2024-12-31 2025-01-01';
    const { out } = await cli(`${line} --format json-patch`);
    const [old, now] = await Promise.all(
      ['2024-12-31', '2025-01-01'].map(
        async (day) => JSON.parse((await cli(`terms harbour-lease --on ${day} --json`)).out).state,
      ),
    );
    expect(applyPatch(old, JSON.parse(out), true).newDocument).toEqual(now);
    expect((await cli(`${line} --format unified`)).out).toMatch(/^--- harbour-lease\t2024-12-31\n/);
    expect((await cli(`${line} --format markdown`)).out).toContain('<del>100</del><ins>120</ins>');
    const path = join(folder, 'redline.html');
    expect(await cli(`${line} --format html --out ${path}`)).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(path, 'utf8')).toContain('<del>100</del><ins>120</ins>');
    const nowhere = await cli(`${line} --format html --out ${join(path, 'x')}`);
    expect(nowhere).toMatchObject({ code: 4, err: expect.stringContaining('can not be written') });
  });

  it('prints a file for word processors, but never onto a screen', async () => {
    const { cli, folder } = await aHarbour();
    const line = 'diff harbour-lease 2024-12-31 2025-01-01 --format docx';
    const path = join(folder, 'redline.docx');
    expect(await cli(`${line} --out ${path}`, { terminal: true })).toMatchObject({ code: 0 });
    const file = readFileSync(path);
    expect(textOf(file, 'Prose', 'accepted')).toBe('The rent is 120 EUR a day, due in advance.');
    expect(textOf(file, 'Prose', 'rejected')).toBe('The rent is 100 EUR a day, due in advance.');
    const piped: Uint8Array[] = [];
    await cli(`${line}`, { onChunk: (chunk) => piped.push(chunk) });
    expect(Buffer.concat(piped)).toEqual(file);
    const refused = await cli(line, { terminal: true });
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--out FILE') });
  });

  it('counts, and keeps to what matters', async () => {
    const { cli } = await aHarbour();
    const line = 'diff harbour-lease 2023-12-31 2025-12-31';
    expect((await cli(`${line} --stat`)).out).toMatch(/^entries {2}\d+: .*ADDED/);
    const whole = JSON.parse((await cli(`${line} --json`)).out).diff.entries;
    const material = JSON.parse((await cli(`${line} --material --json`)).out).diff.entries;
    const matters = whole.filter((entry: { material: unknown[] }) => entry.material.length > 0);
    expect(material).toEqual(matters);
    expect(material.length).toBeLessThan(whole.length);
  });

  it('goes on from where a reader of the feed was', async () => {
    const { cli, edited } = await aHarbour();
    const { out: seen } = await cli('watch harbour-lease --until-caught-up --json');
    const cursor = JSON.parse(seen.trim().split('\n').at(-1) ?? '').cursor;
    await cli(`record --correct misread ${edited(['is 120 EUR', 'is 125 EUR'])}`);
    const { out } = await cli(`diff harbour-lease cursor:${cursor} today`);
    expect(out.match(/^[A-Z_]+(?: \(\w+\))? {2}\w+/gm)).toEqual(['CORRECTED (AMENDED)  rent']);
  });

  it('says what a point can be', async () => {
    const { cli } = await aHarbour();
    const { code, err } = await cli('diff harbour-lease 2025-02-30 today');
    expect(code).toBe(2);
    expect(err).toMatch(
      /^codicil: "2025-02-30" is no point to compare: .*a version \(v4\), a tag, cursor:/,
    );
    expect((await cli('diff harbour-lease signing today')).code).toBe(3);
  });
});
