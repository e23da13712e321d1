import { align } from './align.ts';
import { phrased } from './phrases.ts';
import type { Region } from './region.ts';
import { slid } from './slide.ts';
import { sequencesOf, type TokenPair, textOf, tokenPair } from './tokens.ts';

/** A stretch of text that both have, that only the older, or that only the newer text has. */
export type WordHunk = {
  readonly op: 'EQUAL' | 'INSERT' | 'DELETE';
  readonly text: string;
  /** A DELETE and an INSERT of one diff with the same number are one passage that moved. */
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

const compared = (before: string, after: string): readonly WordHunk[] => {
  const pair = tokenPair(before, after);
  const gaps = align({ ...sequencesOf(pair), context: CONTEXT });
  return hunksOf(pair, phrased(pair, slid(pair, gaps)));
};

const OPPOSITE = { EQUAL: 'EQUAL', INSERT: 'DELETE', DELETE: 'INSERT' } as const;

/** The way back: what was inserted is deleted, and the other way round. */
export const invertWords = (hunks: readonly WordHunk[]): readonly WordHunk[] => {
  const turned: WordHunk[] = [];
  for (const { op, text } of hunks) {
    const last = turned.at(-1);
    // Behind a deletion that became an insertion stands what belongs before it.
    if (op === 'INSERT' && last?.op === 'INSERT')
      turned.splice(-1, 1, { op: 'DELETE', text }, last);
    else turned.push({ op: OPPOSITE[op], text });
  }
  return turned;
};

/**
 * What became of a text, word by word. The EQUAL and DELETE hunks together are `before`, EQUAL and INSERT
 * are `after`, to the character. Two hunks side by side differ in `op`, a DELETE comes before its INSERT,
 * and the same texts the other way round give {@link invertWords}. Nothing for two empty texts.
 * Time and memory are linear in the texts (see {@link align}).
 */
export const diffWords = (before: string, after: string): readonly WordHunk[] => {
  if (before === after) return before === '' ? [] : [{ op: 'EQUAL', text: before }];
  // Ties between equally good alignments fall by direction, so one direction decides for both.
  if (before < after) return compared(before, after);
  return invertWords(compared(after, before));
};
