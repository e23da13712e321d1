import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aHarbour } from './harbour.ts';

describe('codicil text', () => {
  it('prints the words in force and nothing else', async () => {
    const { cli, folder } = await aHarbour();
    const { out } = await cli('text harbour-lease --on 2025-01-01');
    expect(out).toMatch(/^The rent is 120 EUR a day, due in advance\./);
    const path = join(folder, 'lease.txt');
    await cli(`text harbour-lease --on 2025-01-01 --out ${path}`);
    expect(readFileSync(path, 'utf8')).toBe(out);
    const { text, basis } = JSON.parse(
      (await cli('text harbour-lease --on 2025-01-01 --json')).out,
    );
    expect([text, basis.effectiveOn]).toEqual([out, '2025-01-01']);
  });

  it('says why where there are none', async () => {
    const { cli } = await aHarbour();
    const { code, err } = await cli('text harbour-lease --on 2020-01-01');
    expect(code).toBe(3);
    expect(err).toMatch(/harbour-lease has no text on 2020-01-01: /);
  });
});
