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
  /** The sign of the block of code that is open behind it. */
  readonly fence?: string;
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

const MATTER = /^\uFEFF?---[ \t]*[\r\n]*$/;
const BEGINS_WITH_MATTER = /^\uFEFF?---[ \t]*[\r\n]/;

/** Whether a text may begin with YAML front matter. */
export const mayHaveMatter = (text: string): boolean => BEGINS_WITH_MATTER.test(text);

/** How many lines, from the first on, are YAML front matter. */
const frontMatter = (lines: readonly string[]): number => {
  if (!MATTER.test(lines[0] ?? '')) return 0;
  const end = lines.slice(1, 500).findIndex((line) => MATTER.test(line));
  return end === -1 ? 0 : end + 2;
};

/** A fence ends with the same sign that it began with. */
const stillInside = (fence: string | undefined, words: string): string | undefined => {
  const mark = fenceOf(words);
  if (fence === undefined) return mark;
  return mark === fence ? undefined : fence;
};

/**
 * The lines of a text, to the character; `\n`, `\r\n` and a lone `\r` end a line.
 * @param stretch of the text, where it is known what is open at its beginning; absent: all of it
 */
export const linesOf = (
  text: string,
  stretch: { readonly from: number; readonly to: number; readonly fence: string | undefined } = {
    from: 0,
    to: text.length,
    fence: undefined,
  },
): readonly Line[] => {
  const raw = text.slice(stretch.from, stretch.to).match(LINE) ?? [];
  const matter = stretch.from === 0 ? frontMatter(raw) : 0;
  const lines: Line[] = [];
  let { from, fence } = stretch;
  for (const line of raw) {
    const to = from + line.length;
    const blank = BLANK.exec(line)?.[0] ?? '';
    // By itself: lines outlive the text that they were cut from, and a piece keeps all of it in memory.
    const words = structuredClone(line.slice(blank.length).trimEnd());
    const before = fence;
    fence = lines.length < matter ? undefined : stillInside(fence, words);
    const verbatim = lines.length < matter || before !== undefined || fence !== undefined;
    const open = fence === undefined ? {} : { fence };
    lines.push({ from, to, words, indent: columns(blank), verbatim, ...open });
    from = to;
  }
  return lines;
};
