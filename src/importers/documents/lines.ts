/** One line of a text: `[from, to)` with its line break. */
export type Line = {
  readonly from: number;
  readonly to: number;
  /** Without indentation and without white space at its end. */
  readonly words: string;
  /** Columns it is indented by; a tab counts as four. */
  readonly indent: number;
  /** Code or front matter: whatever it looks like, it is no structure. */
  readonly verbatim: boolean;
};

const LINE = /[^\r\n]*(?:\r\n?|\n)|[^\r\n]+/g;
const BLANK = /^[\s\uFEFF\0]*/;

const columns = (blank: string): number => {
  let count = 0;
  for (const character of blank) {
    if (character === '\t') count += 4;
    else if (character === ' ' || character === '\u00A0') count += 1;
  }
  return count;
};

const fenceOf = (words: string): string | undefined =>
  words.startsWith('```') || words.startsWith('~~~') ? words.slice(0, 3) : undefined;

/** How many lines, from the first on, are YAML front matter. */
const frontMatter = (lines: readonly string[]): number => {
  const edge = (line: string | undefined) => /^\uFEFF?---[ \t]*[\r\n]*$/.test(line ?? '');
  if (!edge(lines[0])) return 0;
  const end = lines.slice(1, 500).findIndex(edge);
  return end === -1 ? 0 : end + 2;
};

/** A fence ends with the same sign that it began with. */
const stillInside = (fence: string | undefined, words: string): string | undefined => {
  const mark = fenceOf(words);
  if (fence === undefined) return mark;
  return mark === fence ? undefined : fence;
};

/** The lines of a text, to the character; `\n`, `\r\n` and a lone `\r` end a line. */
export const linesOf = (text: string): readonly Line[] => {
  const raw = text.match(LINE) ?? [];
  const matter = frontMatter(raw);
  const lines: Line[] = [];
  let from = 0;
  let fence: string | undefined;
  for (const line of raw) {
    const to = from + line.length;
    const blank = BLANK.exec(line)?.[0] ?? '';
    const words = line.slice(blank.length).trimEnd();
    const before = fence;
    fence = lines.length < matter ? undefined : stillInside(fence, words);
    const verbatim = lines.length < matter || before !== undefined || fence !== undefined;
    lines.push({ from, to, words, indent: columns(blank), verbatim });
    from = to;
  }
  return lines;
};
