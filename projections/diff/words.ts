import { align } from './align.ts';
import { phrased } from './phrases.ts';
import type { Grain } from './pieces.ts';
import type { Region } from './region.ts';
import { slid } from './slide.ts';
import { sequencesOf, type TokenPair, textOf, tokenPair } from './tokens.ts';

/** A stretch of text that both have, that only the older, or that only the newer text has. */
export type WordHunk = {
  readonly op: 'EQUAL' | 'INSERT' | 'DELETE';
  readonly text: string;
  /** What a DELETE and an INSERT share that are one moved passage; absent where nothing moved. */
  readonly move?: number;
};

const hunksOf = (pair: TokenPair, gaps: readonly Region[]): readonly WordHunk[] => {
  const hunks: WordHunk[] = [];
  const push = (op: WordHunk['op'], text: string) => {
    if (text !== '') hunks.push({ op, text });
  };
  let at = 0;
  for (const gap of gaps) {
    push('EQUAL', textOf(pair.a, at, gap.aFrom));
    push('DELETE', textOf(pair.a, gap.aFrom, gap.aTo));
    push('INSERT', textOf(pair.b, gap.bFrom, gap.bTo));
    at = gap.aTo;
  }
  push('EQUAL', textOf(pair.a, at, pair.a.ids.length));
  return hunks;
};

/** A space and a word beside a word that stands once, before it is held to be the same. */
const CONTEXT = 2;

type Compare = (before: string, after: string) => readonly WordHunk[];

const tokens: Compare = (before, after) => {
  const pair = tokenPair(before, after);
  return hunksOf(pair, align(sequencesOf(pair)));
};

const phrases =
  (grain: Grain): Compare =>
  (before, after) => {
    const pair = tokenPair(before, after, grain);
    const context = grain === 'WORDS' ? CONTEXT : 0;
    const gaps = align({ ...sequencesOf(pair), context });
    return hunksOf(pair, phrased(pair, slid(pair, gaps), grain));
  };

const OPPOSITE = { EQUAL: 'EQUAL', INSERT: 'DELETE', DELETE: 'INSERT' } as const;

/** The way back: what was inserted is deleted, and the other way round; moves keep their numbers. */
export const turned = (hunks: readonly WordHunk[]): readonly WordHunk[] => {
  const found: WordHunk[] = [];
  let insertions: WordHunk[] = [];
  for (const hunk of hunks) {
    const now = { ...hunk, op: OPPOSITE[hunk.op] };
    if (now.op === 'EQUAL') {
      found.push(...insertions);
      insertions = [];
    }
    // Behind a deletion that became an insertion stands what belongs before it.
    if (now.op === 'INSERT') insertions.push(now);
    else found.push(now);
  }
  return [...found, ...insertions];
};

/** Ties between equally good alignments fall by direction, so one direction decides for both. */
const eitherWay =
  (compare: Compare): Compare =>
  (before, after) => {
    if (before === after) return before === '' ? [] : [{ op: 'EQUAL', text: before }];
    return before < after ? compare(before, after) : turned(compare(after, before));
  };

/**
 * The tokens that are deleted and inserted; nothing is joined for a reader, and a word that stands once on either side
 * stays wherever it can. Else like {@link diffWords}.
 */
export const diffTokens: Compare = eitherWay(tokens);

/**
 * What became of a text, word by word, or by whole sentences or paragraphs. The EQUAL and DELETE hunks together are
 * `before`, EQUAL and INSERT are `after`, to the character. Two hunks side by side differ in `op`, a DELETE comes before
 * its INSERT, and the same texts the other way round give {@link turned}. Nothing for two empty texts. Moves are not
 * looked for. Time and memory are linear in the texts (see {@link align}).
 */
export const diffWords = (
  before: string,
  after: string,
  grain: Grain = 'WORDS',
): readonly WordHunk[] => eitherWay(phrases(grain))(before, after);
