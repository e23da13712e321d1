import type { EntryKind } from './entry.ts';
import type { MaterialFlag } from './material-rules.ts';
import type { StateDiff } from './terms.ts';

/** A diff in numbers. */
export type DiffStat = {
  readonly entries: number;
  /** How many entries of each kind there are; kinds without any are left out. */
  readonly kinds: { readonly [K in EntryKind]?: number };
  /** How many entries each rule flags. */
  readonly flags: { readonly [F in MaterialFlag]?: number };
  /** Words of prose; those of passages that moved are counted as neither. */
  readonly wordsInserted: number;
  readonly wordsDeleted: number;
  /** Passages that moved. */
  readonly moves: number;
  /** Facts that are there on one side only, or state another value. */
  readonly facts: number;
};

const counted = <K extends string>(keys: readonly K[]): { readonly [key in K]?: number } => {
  const counts: { [key in K]?: number } = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Counts what differs. A word is a run of letters and digits. */
export const statOf = ({ entries }: Pick<StateDiff, 'entries'>): DiffStat => {
  const hunks = entries.flatMap(({ words }) => words);
  const words = (op: 'INSERT' | 'DELETE'): number =>
    hunks
      .filter((hunk) => hunk.op === op && hunk.move === undefined)
      .reduce((sum, { text }) => sum + (text.match(WORD)?.length ?? 0), 0);
  return {
    entries: entries.length,
    kinds: counted(entries.map(({ kind }) => kind)),
    flags: counted(entries.flatMap(({ material }) => material.map(({ flag }) => flag))),
    wordsInserted: words('INSERT'),
    wordsDeleted: words('DELETE'),
    moves: new Set(hunks.flatMap(({ move }) => move ?? [])).size,
    facts: entries.reduce((sum, { facts }) => sum + facts.length, 0),
  };
};
