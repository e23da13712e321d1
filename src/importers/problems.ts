/** A place in a text; lines and columns count from 1. */
export type Place = { readonly line: number; readonly column: number };

/** What is wrong in a file, where, and what would be right. */
export type Problem = Place & { readonly message: string };

/** Something wrong at a place, with what is to be said of it when it is said. */
export type Found = Place & { readonly tell: () => string };

/** Nobody mends more at a time. */
const MOST_PROBLEMS = 100;

export const byPlace = (a: Place, b: Place): number => a.line - b.line || a.column - b.column;

/** The first problems of a text in its order; the others are counted, not told. */
export const firstProblems = (found: readonly Found[]): readonly Problem[] => {
  const first = found
    .toSorted(byPlace)
    .slice(0, MOST_PROBLEMS)
    .map(({ line, column, tell }) => ({ line, column, message: tell() }));
  const { line, column } = first.at(-1) ?? { line: 1, column: 1 };
  const more = found.length - first.length;
  if (more === 0) return first;
  return [...first, { line, column, message: `and ${more} more from here on; mend these first` }];
};
