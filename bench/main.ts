import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAppend } from './append.ts';
import { measureFold } from './fold.ts';
import { lineOf } from './measure.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, dir: { type: 'string', default: 'data' } },
});

// On a disk that keeps what it is told: in a memory file system waiting for it costs nothing.
mkdirSync(values.dir, { recursive: true });
const folder = mkdtempSync(join(values.dir, 'bench-'));
const { stdout } = process;
stdout.write(`Node ${process.version}, ${values.quick ? 'quick' : 'full'}, in ${folder}\n`);
stdout.write('Read the ratios; each anchor ran in turns with ours, in this very run.\n\n');
try {
  for (const measure of [measureAppend, measureFold]) {
    for (const measured of await measure(folder, values.quick))
      stdout.write(`${lineOf(measured)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
