/**
 * Real histories against git: `node test/oracle/imports.ts FOLDER` imports every `NAME.versions.jsonl` of a folder and
 * asks for every moment of its `NAME.asof.jsonl`; ends with 1 where an answer is not git's. git goes by the order of
 * the branch, so `--order source` is what is compared.
 */
import { join } from 'node:path';
import { compareWithGit } from './document-histories.ts';
import { historiesIn } from './histories.ts';

const MOST_SHOWN = 10;
const [folder = '.'] = process.argv.slice(2);

for (const name of historiesIn(folder)) {
  const { points, differences, report } = await compareWithGit(join(folder, name), 'source');
  const versions = report.documents.reduce((sum, { recorded }) => sum + recorded, 0);
  process.stdout.write(
    `${name}: ${report.documents.length} documents, ${versions} versions, ${points} moments, ${differences.length} differences\n`,
  );
  for (const each of differences.slice(0, MOST_SHOWN)) process.stdout.write(`  ${each}\n`);
  if (differences.length > 0) process.exitCode = 1;
}
