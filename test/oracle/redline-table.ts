import { diffTexts } from '#projections/diff/texts.ts';
import { AMENDMENTS, type Amendment } from './amendments.ts';
import { type Compare, measured, WAYS } from './compared-words.ts';
import { type Pair, pairsOf } from './histories.ts';

const pairOf = (folder: string, { history, path, versions }: Amendment): Pair => {
  const [first, second] = versions;
  const found = pairsOf(folder, history).find(
    ({ from, to }) => to.path === path && from.seq === first && to.seq === second,
  );
  if (found === undefined) throw new Error(`${history} has no ${path} ${first} to ${second}`);
  return found;
};

const cell = (compare: Compare, before: string, after: string): string => {
  const hunks = compare(before, after);
  if (hunks === undefined) return 'none in 20 s';
  const { changes, wordless, crumbs } = measured(hunks);
  return `${changes} (${wordless}, ${crumbs})`;
};

/** The columns of an amendment that our own comparison decides. */
export const ownColumns = (folder: string, amendment: Amendment): readonly string[] => {
  const { from, to } = pairOf(folder, amendment);
  const [before, after] = [from.text ?? '', to.text ?? ''];
  const moves = diffTexts(before, after, 'WORDS').filter(
    ({ op, move }) => op === 'DELETE' && move !== undefined,
  );
  const date = to.authorDate.slice(0, 10);
  return [
    `${amendment.name}: \`${to.path}\`, ${from.seq} to ${to.seq}, ${date}`,
    cell(WAYS.ours, before, after),
    `${moves.length}`,
  ];
};

const row = (folder: string, amendment: Amendment): string => {
  const { from, to } = pairOf(folder, amendment);
  const [before, after] = [from.text ?? '', to.text ?? ''];
  const others = [WAYS.git, WAYS.jsdiff].map((compare) => cell(compare, before, after));
  return `| ${[...ownColumns(folder, amendment), ...others, amendment.remark].join(' | ')} |`;
};

/** The table of named amendments, in Markdown. */
export const tableOf = (folder: string): string =>
  [
    '| amendment | ours | moved | `git diff --word-diff` | jsdiff | how ours reads |',
    '| --- | --- | --- | --- | --- | --- |',
    ...AMENDMENTS.map((amendment) => row(folder, amendment)),
  ].join('\n');
