/**
 * Real amendments: `node test/oracle/redlines.ts FOLDER` compares every two versions in a row of each document in the
 * `*.versions.jsonl` of a folder, and ends with 1 where the hunks do not give back both texts to the character, or
 * the other way round do not say the same. `--table` prints the table of docs/reference/real-amendments.md instead.
 */
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { GRAINS } from '#projections/diff/pieces.ts';
import { diffTexts, invertWords } from '#projections/diff/texts.ts';
import type { WordHunk } from '#projections/diff/words.ts';
import { historiesIn, type Pair, pairsOf } from './histories.ts';
import { tableOf } from './redline-table.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const side = (hunks: readonly WordHunk[], without: WordHunk['op']): string =>
  hunks.flatMap(({ op, text }) => (op === without ? [] : [text])).join('');

/** What is wrong with the comparison of two versions; empty for nothing. */
export const troublesOf = ({ from, to }: Pair): readonly string[] => {
  const [before, after] = [from.text ?? '', to.text ?? ''];
  return GRAINS.flatMap((by) => {
    const hunks = diffTexts(before, after, by);
    const whole = side(hunks, 'INSERT') === before && side(hunks, 'DELETE') === after;
    const back = isDeepStrictEqual(diffTexts(after, before, by), invertWords(hunks));
    const where = `${to.path}, ${from.seq} to ${to.seq}, by ${by}`;
    return [
      ...(whole ? [] : [`${where}: the hunks are not the texts`]),
      ...(back ? [] : [`${where}: the way back differs`]),
    ];
  });
};

const checkAll = (folder: string): void => {
  for (const history of historiesIn(folder)) {
    const pairs = pairsOf(folder, history);
    const troubles = pairs.flatMap(troublesOf);
    say(`${history}: ${pairs.length} pairs, ${troubles.length} troubles`);
    for (const trouble of troubles) say(`  ${trouble}`);
    if (troubles.length > 0) process.exitCode = 1;
  }
};

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { table: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [folder] = positionals;
  if (folder === undefined) {
    say('Name the folder with the *.versions.jsonl: npm run redlines -- FOLDER');
    process.exitCode = 2;
  } else if (values.table) say(tableOf(folder));
  else checkAll(folder);
}
