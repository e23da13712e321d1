import { commonEnd, commonStart } from './common-ends.ts';
import { type Line, linesOf, mayHaveMatter } from './lines.ts';
import { type Mark, marksOf } from './marks.ts';

/** A text with its lines, and the lines that a part may begin with. */
export type MarkedText = {
  readonly text: string;
  readonly lines: readonly Line[];
  readonly marks: readonly Mark[];
};

/** What an older text has in common with a newer one. */
type Shared = {
  /** How many of its lines at the beginning, and at the end. */
  readonly head: number;
  readonly tail: number;
  /** Where the lines in between begin in the newer text, and where those behind them do. */
  readonly from: number;
  readonly to: number;
};

/**
 * A line is shared where the character behind it, or before it at the end, is as well: it could be half of a line
 * break. Front matter makes lines of its own kind of what follows: nothing is shared then.
 */
const sharedWith = (before: MarkedText, text: string): Shared => {
  const { lines } = before;
  if (mayHaveMatter(text) || mayHaveMatter(before.text)) {
    return { head: 0, tail: 0, from: 0, to: text.length };
  }
  const start = commonStart(before.text, text);
  const end = before.text.length - commonEnd(before.text, text);
  let head = 0;
  while (head < lines.length && (lines[head]?.to ?? 0) < start) head++;
  const from = lines[head - 1]?.to ?? 0;
  const further = text.length - before.text.length;
  const isBehind = (line: Line | undefined): boolean =>
    line !== undefined && line.from > end && line.from + further >= from;
  let tail = 0;
  while (tail < lines.length - head && isBehind(lines[lines.length - 1 - tail])) tail++;
  const to = (lines[lines.length - tail]?.from ?? before.text.length) + further;
  return { head, tail, from, to };
};

const all = (text: string): MarkedText => {
  const lines = linesOf(text);
  return { text, lines, marks: marksOf(lines) };
};

/** Lines of an older text at the places that they have in a newer one. */
const moved = (lines: readonly Line[], by: number): readonly Line[] =>
  lines.map((line) => ({ ...line, from: line.from + by, to: line.to + by }));

/**
 * A text with its lines and marks.
 * @param before the version before it: what both have in common is taken from there
 */
export const markedText = (text: string, before?: MarkedText): MarkedText => {
  if (before === undefined) return all(text);
  const { head, tail, from, to } = sharedWith(before, text);
  const first = before.lines.slice(0, head);
  const behind = before.lines.length - tail;
  const changed = linesOf(text, { from, to, fence: first.at(-1)?.fence });
  const fence = (changed.at(-1) ?? first.at(-1))?.fence;
  // A block of code that begins or ends in between makes something else of all that follows.
  if (tail > 0 && fence !== before.lines[behind - 1]?.fence) return all(text);
  const last = moved(before.lines.slice(behind), text.length - before.text.length);
  const lines = [...first, ...changed, ...last];
  // The lines beside what changed have other neighbours.
  const beside = {
    from: Math.max(0, head - 1),
    to: Math.min(lines.length, lines.length - tail + 1),
  };
  const further = lines.length - before.lines.length;
  const marks = [
    ...before.marks.filter(({ line }) => line < beside.from),
    ...marksOf(lines, beside),
    ...before.marks
      .filter(({ line }) => line > behind)
      .map((mark) => ({ ...mark, line: mark.line + further })),
  ];
  return { text, lines, marks };
};
