import type { Line } from './lines.ts';
import { withoutEnumerations } from './lists.ts';
import type { MarkedText } from './marked-text.ts';
import type { Mark } from './marks.ts';
import { fewEnough, paragraphsIn, pieces } from './paragraphs.ts';
import type { Part } from './part.ts';

/** A part to be: the lines `[from, to)`. */
type Stretch = { readonly from: number; readonly to: number; readonly mark: Mark | undefined };

const NOTHING = /^[\s\uFEFF\0]*$/;

/** A title: an unnumbered heading that a document begins with, above the next or before numbered ones. */
const isTitle = (mark: Mark, marks: readonly Mark[]): boolean => {
  if (mark.level === undefined || mark.number !== undefined) return false;
  const next = marks.find((other) => other !== mark && other.level !== undefined);
  if (next?.level === undefined) return mark.level === 1;
  return next.level > mark.level || next.number !== undefined;
};

/** Blank lines before the first mark belong to what it begins. */
const firstStart = (marks: readonly Mark[], lines: readonly Line[]): number => {
  const first = marks[0]?.line;
  if (first === undefined) return lines.length;
  return lines.slice(0, first).every(({ words }) => NOTHING.test(words)) ? 0 : first;
};

const stretchesOf = (marks: readonly Mark[], lines: readonly Line[]): readonly Stretch[] => {
  const first = firstStart(marks, lines);
  const stretches: Stretch[] = [];
  if (first > 0) stretches.push({ from: 0, to: first, mark: undefined });
  for (const [index, mark] of marks.entries()) {
    const from = index === 0 ? first : mark.line;
    stretches.push({ from, to: marks[index + 1]?.line ?? lines.length, mark });
  }
  return stretches;
};

type Head = Omit<Part, 'text'>;

const headOf = (mark: Mark | undefined, isOpening: boolean): Head => {
  if (mark === undefined) return { kind: 'PREAMBLE' };
  const { kind, heading, number } = mark;
  return {
    kind: isOpening ? 'PREAMBLE' : kind,
    ...(heading !== undefined && { heading }),
    ...(number !== undefined && { number }),
  };
};

const REST: Head = { kind: 'PARAGRAPH' };

/**
 * The parts of a document along its own structure: headings of Markdown, HTML and plain text, numbered clauses,
 * lists whose items are clauses, defined terms; what is long and has no structure, by its paragraphs. The texts
 * of the parts, joined, are the document to the character. An empty document is one empty part.
 */
export const partsIn = ({ text, lines, marks: all }: MarkedText): readonly Part[] => {
  if (text === '') return [{ kind: 'PREAMBLE', text }];
  const marks = withoutEnumerations(all, lines);
  const startOf = (at: number): number => lines[at]?.from ?? text.length;
  const parts: Part[] = [];
  for (const { from, to, mark } of stretchesOf(marks, lines)) {
    const isOpening = parts.length === 0 && mark !== undefined && isTitle(mark, marks);
    let head = headOf(mark, isOpening);
    const cuts = [...paragraphsIn(lines, { from, to }), to];
    for (const [index, end] of cuts.slice(1).entries()) {
      const stretch = text.slice(startOf(cuts[index] ?? from), startOf(end));
      for (const piece of pieces(stretch)) parts.push({ ...head, text: piece });
      head = REST;
    }
  }
  return fewEnough(parts);
};
