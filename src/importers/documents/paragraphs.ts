import type { Line } from './lines.ts';
import type { Part } from './part.ts';

/** A stretch without structure that is longer is divided into its paragraphs. Characters. */
const LONG = 3_000;
/** A paragraph that is shorter goes with the one behind it. Characters. */
const SHORT = 200;
/** No part is longer, whatever it holds. Characters. */
const LONGEST = 500_000;

const CONTINUES = /^(?:[-*+•|>]|\d{1,3}[.)]|\(?[a-z]{1,4}\)|\p{Ll})/u;
const LEADS_ON = /[:：,;]\**_*$/;
const ENDS = /[.!?。！？;；:：…]["”»)*_]*$/;

type Stretch = { readonly from: number; readonly to: number };

/** Whether a paragraph that can stand alone begins with a line. */
const begins = (lines: readonly Line[], at: number, isSpaced: boolean): boolean => {
  const line = lines[at];
  const before = lines[at - 1];
  if (line === undefined || before === undefined) return false;
  if (line.verbatim || line.words === '' || line.indent > 3) return false;
  if (CONTINUES.test(line.words)) return false;
  if (!isSpaced) return ENDS.test(before.words) && !LEADS_ON.test(before.words);
  return before.words === '' && !LEADS_ON.test(lastWords(lines, at));
};

/** The words of the nearest line before that has any. */
const lastWords = (lines: readonly Line[], at: number): string => {
  for (let line = at - 1; line >= 0; line--) {
    const words = lines[line]?.words ?? '';
    if (words !== '') return words;
  }
  return '';
};

const startOf = (lines: readonly Line[], at: number): number =>
  lines[at]?.from ?? lines.at(-1)?.to ?? 0;

/** The lines at which a stretch of lines is divided, its first one included. */
export const paragraphsIn = (lines: readonly Line[], { from, to }: Stretch): readonly number[] => {
  const length = startOf(lines, to) - startOf(lines, from);
  if (length <= LONG) return [from];
  let blank = 0;
  for (let at = from; at < to; at++) if (lines[at]?.words === '') blank++;
  const isSpaced = blank * 20 >= to - from;
  const found = [from];
  for (let at = from + 1; at < to; at++) {
    const own = startOf(lines, at) - startOf(lines, found.at(-1) ?? from);
    if (own >= SHORT && begins(lines, at, isSpaced)) found.push(at);
  }
  return found;
};

/** A text in pieces that a term can hold, no character cut in two. */
export const pieces = (text: string): readonly string[] => {
  if (text.length <= LONGEST) return [text];
  const found: string[] = [];
  for (let from = 0; from < text.length; ) {
    const to = Math.min(text.length, from + LONGEST);
    const cutsPair = to < text.length && /[\uD800-\uDBFF]/.test(text.charAt(to - 1));
    found.push(text.slice(from, cutsPair ? to - 1 : to));
    from = cutsPair ? to - 1 : to;
  }
  return found;
};

/** An instrument takes 9,999 changes, and all parts of a version may go and as many come. */
const MOST_PARTS = 4_900;

/** No more parts than can be recorded: of too many, neighbours are joined. */
export const fewEnough = (parts: readonly Part[]): readonly Part[] => {
  if (parts.length <= MOST_PARTS) return parts;
  const together = Math.ceil(parts.length / MOST_PARTS);
  const joined: Part[] = [];
  for (let at = 0; at < parts.length; at += together) {
    const [first, ...others] = parts.slice(at, at + together);
    if (first === undefined) continue;
    joined.push({ ...first, text: [first, ...others].map(({ text }) => text).join('') });
  }
  return joined;
};
