import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAppend } from './append.ts';
import { measureFanout } from './fanout.ts';
import { measureRebuild, measureStates } from './fold.ts';
import { measureGrowth } from './growth.ts';
import { measureHttp } from './http.ts';
import { measureImport } from './import.ts';
import { lineOf, type Measured } from './measure.ts';
import { measurePortfolio } from './portfolio.ts';
import { measureRecord } from './record.ts';
import { measureServer } from './server.ts';
import { measureMemory, measureStart } from './start.ts';
import { measureWords } from './words.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    dir: { type: 'string', default: 'data' },
    /** Only what has this in its name. */
    only: { type: 'string', default: '' },
  },
});
const { quick, dir, only } = values;

// On a disk that keeps what it is told: in a memory file system waiting for it costs nothing.
mkdirSync(dir, { recursive: true });
const folder = mkdtempSync(join(dir, 'bench-'));

type Measure = (folder: string, quick: boolean) => Promise<readonly Measured[] | string>;
const MEASURES: { readonly [name: string]: Measure } = {
  append: measureAppend,
  record: measureRecord,
  rebuild: measureRebuild,
  states: measureStates,
  words: measureWords,
  portfolio: measurePortfolio,
  http: measureHttp,
  fanout: measureFanout,
  start: measureStart,
  memory: measureMemory,
  import: measureImport,
  server: measureServer,
  growth: (at, isQuick) => measureGrowth(at, isQuick, dir),
};

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const [cpu] = cpus();
say(
  `Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'cpu'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
);
say(`${quick ? 'quick' : 'full'}, in ${folder}`);
say('Read the ratios; each anchor ran in turns with ours, in this very run.\n');
try {
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (!name.includes(only)) continue;
    const found = await measure(folder, quick);
    say(typeof found === 'string' ? found : found.map(lineOf).join('\n'));
  }
} finally {
  rmSync(folder, { recursive: true });
}
