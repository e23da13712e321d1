import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { partsOf, textOf } from '../render/docx.ts';
import { aHarbour } from './harbour.ts';

const FLAGSHIP = fileURLToPath(new URL('../../agreements/microsoft-openai.yaml', import.meta.url));

/** The text of the footnote behind a stretch of Markdown. */
const noteBehind = (markdown: string, stretch: string): string | undefined => {
  const [, number] = new RegExp(`${stretch}\\[\\^(\\d+)\\]`).exec(markdown) ?? [];
  return markdown.split('\n').find((line) => line.startsWith(`[^${number}]: `));
};

describe('codicil copy', () => {
  it('prints the agreement as it reads on a day, with the paper behind what was changed', async () => {
    const { cli } = await aHarbour();
    const { code, out } = await cli('copy harbour-lease --on 2025-01-15');
    expect(code).toBe(0);
    expect(out).toMatch(/^# Lease of the inner harbour\n/);
    expect(out).toContain('- Harbour S.A. (lessor)\n- Ferry Ltd (lessee)\n');
    expect(noteBehind(out, 'The rent is 120')).toMatch(
      /^\[\^2\]: Amended by “First amendment”, executed 2024-11-05; in effect from 2025-01-01; evidence DOCUMENT\\_TEXT\. “Signed copy”/,
    );
    expect(noteBehind(out, '### 4.1 Rent')).toContain('Added by “Lease of berths 1 to 4”');
    expect(out).toContain('- Replaced: berths.exclusive, berths.first-refusal, from 2025-04');
  });

  it('prints a page or a file, to where it is told', async () => {
    const { cli, folder } = await aHarbour();
    const line = 'copy harbour-lease --on 2025-01-15 --format';
    expect((await cli(`${line} html`)).out).toMatch(/^<!doctype html>/);
    const path = join(folder, 'copy.docx');
    expect(await cli(`${line} docx --out ${path}`)).toMatchObject({ code: 0, out: '' });
    const file = readFileSync(path);
    expect(textOf(file, 'Prose', 'accepted')).toContain('The rent is 120 EUR a day');
    expect(partsOf(file).get('word/footnotes.xml')?.textContent).toContain('First amendment');
    expect(await cli(`${line} docx`, { terminal: true })).toMatchObject({ code: 2, out: '' });
    expect((await cli('copy harbor-lease')).err).toContain('harbour-lease');
  });

  it('reads the flagship on its days, each passage with its paper', async () => {
    const { cli } = await aHarbour(false);
    await cli(`record ${FLAGSHIP}`);
    const on = async (day: string) => (await cli(`copy microsoft-openai --on ${day}`)).out;
    const march = await on('2025-03-01');
    expect(noteBehind(march, '### Right of first refusal on new capacity')).toContain(
      'Replaced by “Microsoft and OpenAI evolve partnership”, executed 2025-01-21',
    );
    expect(noteBehind(march, 'mainly for research and the training of models')).toContain(
      'Consented by “Microsoft and OpenAI evolve partnership”',
    );
    expect(march).not.toContain('not on record');
    expect(march).toMatch(
      /## No longer in force[^#]*- compute\.exclusivity: REPLACED, now compute\.rofr/,
    );
    const november = await on('2025-11-15');
    expect(november).not.toContain('### Right of first refusal');
    expect(november).toMatch(/## No longer in force[^#]*- compute\.rofr: REMOVED/);
    const assumed = await cli(
      'copy microsoft-openai --on 2025-01-01 --assume claim:agi-clause-removal',
    );
    expect(assumed.out).toMatch(
      /- ip\.agi-clause: REMOVED\[\^(\d+)\][\s\S]*\[\^\1\]: By agi-clause-removal\/1, which is assumed/,
    );
  });

  it('says why there is nothing to read', async () => {
    const { cli } = await aHarbour();
    const { out } = await cli('copy harbour-lease --on 2020-01-01');
    expect(out).toContain('Nothing to read (BEFORE\\_COVERAGE)');
    expect(out).toContain('our observation begins on 2024-01-01');
  });
});
