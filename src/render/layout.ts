/** Breaks text into lines of at most `width` characters, at spaces; line breaks of the text stay. */
export const wrapped = (text: string, width: number): readonly string[] =>
  text.split('\n').flatMap((line) => wrappedLine(line, width));

const wrappedLine = (line: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let current = '';
  for (const word of line.trim().split(/\s+/)) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
};

export const indented = (lines: readonly string[], by: number): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`));

/** One cell: what it says, and how it looks once it is padded. */
export type Cell = string | { readonly text: string; readonly look: (padded: string) => string };

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);

/** Rows as lines whose columns stand below each other; the last column is not padded. */
export const columns = (rows: readonly (readonly Cell[])[]): readonly string[] => {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, textOf(cell).length);
    });
  }
  const padded = (cell: Cell, i: number, last: boolean): string => {
    const text = last ? textOf(cell) : textOf(cell).padEnd(widths[i] ?? 0);
    return typeof cell === 'string' ? text : cell.look(text);
  };
  return rows.map((row) =>
    row
      .map((cell, i) => padded(cell, i, i === row.length - 1))
      .join('  ')
      .trimEnd(),
  );
};
