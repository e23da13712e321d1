import { describe, expect, it } from 'vitest';
import { aHarbour } from './harbour.ts';

describe('codicil diff', () => {
  it('marks the words, and names facts and cause of what changed between two days', async () => {
    const { cli } = await aHarbour();
    const { code, out } = await cli('diff harbour-lease 2024-12-31 2025-01-01');
    expect(code).toBe(0);
    expect(out).toMatch(/\nAMENDED {2}rent\n {2}rent {2}100 EUR → 120 EUR\n/);
    expect(out).toContain('The rent is [-100-]{+120+} EUR a day');
    expect(out).toMatch(/touches .*MONEY/);
    expect(out).toContain('by “First amendment”, executed 2024-11-05');
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

  it('says what a point can be', async () => {
    const { cli } = await aHarbour();
    const { code, err } = await cli('diff harbour-lease 2025-02-30 today');
    expect(code).toBe(2);
    expect(err).toMatch(
      /^codicil: "2025-02-30" is no point to compare: .*a version \(v4\), a tag, or today/,
    );
    expect((await cli('diff harbour-lease signing today')).code).toBe(3);
  });
});
