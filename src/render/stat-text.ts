import type { DiffStat } from '#projections/diff/stat.ts';

const listed = (counts: { readonly [name: string]: number }): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');

/** A diff in numbers, as rows of a label and what it comes to; one row for none. */
export const statRows = (stat: DiffStat): readonly (readonly [string, string])[] => {
  if (stat.entries === 0) return [['entries', '0']];
  const { entries, kinds, flags, wordsInserted, wordsDeleted, moves, facts } = stat;
  return [
    ['entries', `${entries}: ${listed(kinds)}`],
    [
      'words',
      `+${wordsInserted} −${wordsDeleted}${moves === 0 ? '' : `, ${moves} passages moved`}`,
    ],
    ['facts', `${facts}`],
    ['touches', listed(flags) || '–'],
  ];
};
