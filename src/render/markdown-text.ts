import { visible } from './html-text.ts';

/** What CommonMark or GitHub's Markdown may read as markup anywhere in a line. */
const ANYWHERE = /[\\`*_[\]<>&|~$]/g;
/** What makes a line a heading, a list item or an underline. */
const AT_START = /^(?:[#+\-=:]|\d+[.)])/;

/** A stretch of text inside a line, shown as it is. It holds no line break. */
export const markdownText = (text: string): string =>
  visible(text).replace(ANYWHERE, (character) => `\\${character}`);

/** A text on one line, such as a cell of a table. */
export const markdownLine = (text: string): string =>
  markdownText(text.replace(/\s+/gu, ' ').trim());

const started = (line: string): string =>
  line.replace(AT_START, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`);

/** Lines of running text: a line break is kept, an empty line ends the paragraph. @param lines Markdown */
export const textBlock = (lines: readonly string[]): readonly string[] => {
  // Not by a pattern: one that looks for white space at an end looks at every run of it, from each of its characters.
  const trimmed = lines.map((line) => started(line.trim()));
  return trimmed.map((line, i) => {
    const next = trimmed[i + 1] ?? '';
    return line === '' || next === '' ? line : `${line}\\`;
  });
};

/** The same as a quoted block. @param lines Markdown */
export const quotedBlock = (lines: readonly string[]): readonly string[] =>
  textBlock(lines).map((line) => (line === '' ? '>' : `> ${line}`));
