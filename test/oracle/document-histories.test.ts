import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { compareWithGit } from './document-histories.ts';
import { historiesIn } from './histories.ts';

const DATA = fileURLToPath(new URL('../importers/data/', import.meta.url));

it.each(historiesIn(DATA))('%s, imported, reads at every moment as git has it', async (name) => {
  for (const order of ['source', 'date'] as const) {
    const { points, differences, report } = await compareWithGit(`${DATA}${name}`, order);
    expect(points).toBeGreaterThan(15);
    expect(report.leftOut).toEqual([]);
    expect(differences).toEqual([]);
  }
});
