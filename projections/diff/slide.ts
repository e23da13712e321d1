import { endsParagraph } from './pieces.ts';
import type { Region } from './region.ts';
import { type TokenPair, type Tokens, textOf } from './tokens.ts';

/** How far a gap is moved at most, in tokens. */
const FARTHEST = 100;

const SPACE = /^\s/;
const SENTENCE = /[.!?…;:]["'’”)]?$/;

/** How good a place before token `at` is to begin or end a passage. */
const merit = (tokens: Tokens, at: number): number => {
  const end = tokens.ids.length;
  if (at === 0 || at === end) return 6;
  const before = textOf(tokens, at - 1, at);
  if (!SPACE.test(before)) return SPACE.test(textOf(tokens, at, at + 1)) ? 1 : 0;
  if (endsParagraph(before)) return 5;
  if (before.includes('\n')) return 4;
  return SENTENCE.test(textOf(tokens, Math.max(0, at - 3), at - 1)) ? 3 : 2;
};

type Room = { readonly left: number; readonly right: number };

/** By how many tokens to move the tokens `[from, to)`, which only one side has, so that they read best. */
const shift = (tokens: Tokens, [from, to]: readonly [number, number], room: Room): number => {
  const { ids } = tokens;
  const reads = (by: number) => merit(tokens, from + by) + merit(tokens, to + by);
  let [best, most] = [0, reads(0)];
  const weigh = (by: number) => {
    const now = reads(by);
    if (now > most) [best, most] = [by, now];
  };
  for (let by = 1; by <= room.right && ids[from + by - 1] === ids[to + by - 1]; by++) weigh(by);
  for (let by = 1; by <= room.left && ids[from - by] === ids[to - by]; by++) weigh(-by);
  return best;
};

const by = ({ aFrom, aTo, bFrom, bTo }: Region, tokens: number): Region => ({
  aFrom: aFrom + tokens,
  aTo: aTo + tokens,
  bFrom: bFrom + tokens,
  bTo: bTo + tokens,
});

/**
 * Moves what only one side has along what it repeats, to where a paragraph, a line, a sentence or else a word
 * begins: `ends.[- It renews.-]` and not `ends[-. It renews-].` No gap comes to touch another.
 */
export const slid = (pair: TokenPair, gaps: readonly Region[]): readonly Region[] => {
  const found: Region[] = [];
  for (const [index, gap] of gaps.entries()) {
    const [onA, onB] = [gap.aFrom < gap.aTo, gap.bFrom < gap.bTo];
    const last = found.at(-1)?.aTo ?? -1;
    const next = gaps[index + 1]?.aFrom ?? pair.a.ids.length + 1;
    const room = {
      left: Math.min(FARTHEST, gap.aFrom - last - 1),
      right: Math.min(FARTHEST, next - gap.aTo - 1),
    };
    if (onA && onB) found.push(gap);
    else if (onA) found.push(by(gap, shift(pair.a, [gap.aFrom, gap.aTo], room)));
    else found.push(by(gap, shift(pair.b, [gap.bFrom, gap.bTo], room)));
  }
  return found;
};
