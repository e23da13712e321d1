import { endsParagraph, type Grain } from './pieces.ts';
import { type Region, trimmed } from './region.ts';
import { sequencesOf, type TokenPair, type Tokens, textOf } from './tokens.ts';

const NAMING = /[\p{L}\p{N}\p{M}]/u;
const FIGURE = /\p{N}/u;
const MARKUP = /^</;
const SPACE = /^\s/;

/** A longer word weighs no more than this, so that an address or a chain of letters is not a sentence. */
const HEAVIEST = 10;
/** What is longer between two changes is no accident, however much changed around it; in characters. */
const LONGEST = 40;
/** The most tokens of a figure with what belongs to it, such as `October 5, 2020`. */
const FIGURE_TOKENS = 8;

/** How much there is to read in tokens, roughly in letters. */
const weight = (tokens: Tokens, from: number, to: number): number => {
  let sum = 0;
  for (let at = from; at < to; at++) {
    const text = textOf(tokens, at, at + 1);
    if (NAMING.test(text)) sum += MARKUP.test(text) ? 1 : Math.min(HEAVIEST, text.length);
  }
  return sum;
};

const chars = ({ starts }: Tokens, from: number, to: number): number =>
  (starts[to] ?? 0) - (starts[from] ?? 0);

/** A figure, a day or a sum that gave way to another one. */
const isFigure = ({ a, b }: TokenPair, { aFrom, aTo, bFrom, bTo }: Region): boolean =>
  Math.max(aTo - aFrom, bTo - bFrom) <= FIGURE_TOKENS &&
  FIGURE.test(textOf(a, aFrom, aTo)) &&
  FIGURE.test(textOf(b, bFrom, bTo));

/** A gap, or several that were made one, with what is changed in it. */
type Change = {
  readonly gap: Region;
  readonly deleted: number;
  readonly inserted: number;
  readonly figure: boolean;
};

const changeIn = (pair: TokenPair, gap: Region): Change => ({
  gap,
  deleted: weight(pair.a, gap.aFrom, gap.aTo),
  inserted: weight(pair.b, gap.bFrom, gap.bTo),
  figure: isFigure(pair, gap),
});

const both = (left: Change, right: Change): Change => ({
  gap: { ...right.gap, aFrom: left.gap.aFrom, bFrom: left.gap.bFrom },
  deleted: left.deleted + right.deleted,
  inserted: left.inserted + right.inserted,
  figure: false,
});

const isReplacement = ({ deleted, inserted }: Change): boolean => deleted > 0 && inserted > 0;

/** A few words that both sides happen to have in the middle of what was rewritten. */
const accidental = ({ a }: TokenPair, left: Change, right: Change): boolean => {
  const [from, to] = [left.gap.aTo, right.gap.aFrom];
  if (left.figure || right.figure || chars(a, from, to) > LONGEST) return false;
  // What one side alone has before and the other behind may have moved.
  if (!isReplacement(left) && !isReplacement(right)) return false;
  const text = textOf(a, from, to);
  if (FIGURE.test(text) || endsParagraph(text)) return false;
  const around = both(left, right);
  const most = Math.min(
    Math.max(left.deleted, left.inserted),
    Math.max(right.deleted, right.inserted),
    around.deleted,
    around.inserted,
  );
  return weight(a, from, to) <= most;
};

const overWords = (pair: TokenPair, gaps: readonly Region[]): readonly Region[] => {
  const kept: Change[] = [];
  for (const gap of gaps) {
    let last = kept.at(-1);
    let change = changeIn(pair, gap);
    while (last !== undefined && accidental(pair, last, change)) {
      change = both(last, change);
      kept.pop();
      last = kept.at(-1);
    }
    kept.push(change);
  }
  return kept.map(({ gap }) => gap);
};

const overSpace = ({ a }: TokenPair, gaps: readonly Region[]): readonly Region[] => {
  const binds = (text: string) => !NAMING.test(text) && !endsParagraph(text);
  const kept: Region[] = [];
  for (const gap of gaps) {
    const last = kept.at(-1);
    if (last === undefined || !binds(textOf(a, last.aTo, gap.aFrom))) kept.push(gap);
    else kept[kept.length - 1] = { ...last, aTo: gap.aTo, bTo: gap.bTo };
  }
  return kept;
};

const isSpace = (tokens: Tokens, at: number): boolean => SPACE.test(textOf(tokens, at, at + 1));

/** The first word from an end of a gap on, behind white space or none; undefined where something else stands. */
const firstWord = (tokens: Tokens, [from, to]: readonly [number, number], step: 1 | -1) => {
  let at = step === 1 ? from : to - 1;
  if (at >= from && at < to && isSpace(tokens, at)) at += step;
  const inside = at >= from && at < to;
  return inside && NAMING.test(textOf(tokens, at, at + 1)) ? at : undefined;
};

/** What is left of a gap beyond a word that both sides have at that end, and the white space before it. */
const beyondWord = ({ a, b }: TokenPair, gap: Region, step: 1 | -1) => {
  const onA = firstWord(a, [gap.aFrom, gap.aTo], step);
  const onB = firstWord(b, [gap.bFrom, gap.bTo], step);
  if (onA === undefined || onB === undefined || a.ids[onA] !== b.ids[onB]) return undefined;
  const before = { ...gap, aTo: onA, bTo: onB };
  const behind = { ...gap, aFrom: onA + 1, bFrom: onB + 1 };
  return step === 1 ? { space: before, rest: behind } : { space: behind, rest: before };
};

/** Takes words that stay, with other white space around them, out of both ends of a gap. */
const withoutKept = (pair: TokenPair, gap: Region): readonly Region[] => {
  const [before, behind]: [Region[], Region[]] = [[], []];
  let rest = gap;
  for (let end = beyondWord(pair, rest, 1); end !== undefined; end = beyondWord(pair, rest, 1)) {
    before.push(end.space);
    rest = end.rest;
  }
  for (let end = beyondWord(pair, rest, -1); end !== undefined; end = beyondWord(pair, rest, -1)) {
    behind.push(end.space);
    rest = end.rest;
  }
  return [...before, rest, ...behind.reverse()];
};

const isEmpty = ({ aFrom, aTo, bFrom, bTo }: Region): boolean => aFrom === aTo && bFrom === bTo;

/**
 * Makes phrases of changes that stand close: over white space and punctuation always, and over a few words (`WORDS`)
 * where more than these was rewritten on either side of them. A paragraph's end keeps changes apart, and so does a figure that
 * stays; a figure that gave way to another stays a change of its own. What both sides of a phrase begin or end with is
 * no part of it, other white space between the words or not. Linear.
 */
export const phrased = (
  pair: TokenPair,
  gaps: readonly Region[],
  grain: Grain,
): readonly Region[] => {
  const close = overSpace(pair, gaps)
    .flatMap((gap) => withoutKept(pair, gap))
    .filter((gap) => !isEmpty(gap));
  const phrases = grain === 'WORDS' ? overWords(pair, close) : close;
  return phrases.map((gap) => trimmed(sequencesOf(pair), gap));
};
