import type { DiffEntry } from '#projections/diff/entry.ts';
import type { WordHunk } from '#projections/diff/words.ts';

type End = 'DELETE' | 'INSERT';

const numbersOf = (entries: readonly DiffEntry[], end: End): ReadonlySet<number> =>
  new Set(
    entries.flatMap(({ words }) =>
      words.flatMap(({ op, move }) => (op === end && move !== undefined ? [move] : [])),
    ),
  );

const plain = ({ op, text }: WordHunk): WordHunk => ({ op, text });

/** Entries in which a passage whose other end is in none of them, because it is left out, has just come or gone. */
export const withPairedMoves = (entries: readonly DiffEntry[]): readonly DiffEntry[] => {
  const pairs = numbersOf(entries, 'DELETE').intersection(numbersOf(entries, 'INSERT'));
  const paired = (hunk: WordHunk): WordHunk =>
    hunk.move === undefined || pairs.has(hunk.move) ? hunk : plain(hunk);
  return entries.map((entry) => ({ ...entry, words: entry.words.map(paired) }));
};
