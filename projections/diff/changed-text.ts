import { LONGEST_PHRASE } from './material-rules.ts';
import type { Moved } from './moves.ts';
import { diffTokens, type WordHunk } from './words.ts';

/** A stretch `[from, to)` of a text. */
export type Span = readonly [from: number, to: number];

/** One side of a comparison: the whole text, and the stretches of it the other side does not have. */
export type ChangedText = { readonly text: string; readonly changed: readonly Span[] };

type Own = 'DELETE' | 'INSERT';

/** The other text of a hunk that moved, or that another one took the place of; undefined for none. */
export type Counterpart = (hunks: readonly WordHunk[], at: number) => string | undefined;

const otherOf = (hunk: WordHunk, other: string): readonly WordHunk[] =>
  hunk.op === 'DELETE' ? diffTokens(hunk.text, other) : diffTokens(other, hunk.text);

/**
 * The old (`DELETE`) or the new (`INSERT`) side of a word diff. Of a passage that moved, or gave way to another, only
 * those words count as changed in which it differs from the other.
 */
export const sideOf = (
  hunks: readonly WordHunk[],
  own: Own,
  counterpart: Counterpart,
): ChangedText => {
  const changed: Span[] = [];
  const texts: string[] = [];
  let at = 0;
  const add = ({ op, text }: WordHunk) => {
    if (op === own) changed.push([at, at + text.length]);
    at += text.length;
    texts.push(text);
  };
  for (const [index, hunk] of hunks.entries()) {
    if (hunk.op !== own && hunk.op !== 'EQUAL') continue;
    const other = hunk.op === own ? counterpart(hunks, index) : undefined;
    if (other === undefined) add(hunk);
    else
      otherOf(hunk, other)
        .filter(({ op }) => op === own || op === 'EQUAL')
        .forEach(add);
  }
  return { text: texts.join(''), changed };
};

/** What took the place of a hunk: the one beside it of the other kind, where the two are alone and did not move. */
const replacement = (hunks: readonly WordHunk[], at: number, step: 1 | -1): string | undefined => {
  const isChange = (index: number) => (hunks[index]?.op ?? 'EQUAL') !== 'EQUAL';
  const other = hunks[at + step];
  if (!isChange(at + step) || isChange(at - step) || isChange(at + 2 * step)) return undefined;
  return other?.move === undefined ? other?.text : undefined;
};

/** Finds the counterparts in a diff with such moves. */
export const counterparts =
  (moves: ReadonlyMap<number, Moved>): Counterpart =>
  (hunks, at) => {
    const hunk = hunks[at];
    const isOld = hunk?.op === 'DELETE';
    if (hunk?.move !== undefined) return moves.get(hunk.move)?.[isOld ? 'new' : 'old'];
    return replacement(hunks, at, isOld ? 1 : -1);
  };

type Window = { readonly from: number; readonly to: number; readonly changed: readonly Span[] };

/** Stretches around what changed, wide enough for a phrase; those that touch are one. */
const windowsOf = ({ text, changed }: ChangedText): readonly Window[] => {
  const windows: { from: number; to: number; changed: Span[] }[] = [];
  for (const span of changed) {
    const from = Math.max(0, span[0] - LONGEST_PHRASE);
    const to = Math.min(text.length, span[1] + LONGEST_PHRASE);
    const last = windows.at(-1);
    if (last === undefined || last.to < from) windows.push({ from, to, changed: [span] });
    else {
      last.to = to;
      last.changed.push(span);
    }
  }
  return windows;
};

/** Finds phrases in a text, from left to right. */
export type FindSpans = (text: string) => readonly Span[];

/** Tells of phrases asked about from left to right whether a changed character lies in them. */
const touching = (changed: readonly Span[]) => {
  let at = 0;
  return ([start, end]: Span): boolean => {
    while ((changed[at]?.[1] ?? Number.POSITIVE_INFINITY) <= start) at++;
    return (changed[at]?.[0] ?? Number.POSITIVE_INFINITY) < end;
  };
};

/** The phrases with a changed character in them, in order. */
export const phrasesIn = (side: ChangedText, find: FindSpans): readonly string[] =>
  windowsOf(side).flatMap(({ from, to, changed }) => {
    const { text } = side;
    // What the window's edge may have cut off is no phrase.
    const whole = ([start, end]: Span) =>
      (start > from || from === 0) && (end < to || to === text.length);
    return find(text.slice(from, to))
      .map(([start, end]): Span => [start + from, end + from])
      .filter(whole)
      .filter(touching(changed))
      .map(([start, end]) => text.slice(start, end));
  });
