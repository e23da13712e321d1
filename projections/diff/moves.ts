import { cutBefore, numbering, type Words, wordsOf } from './changed-words.ts';
import type { Passage } from './passage.ts';
import { passagesIn } from './passages.ts';
import type { Grain } from './pieces.ts';
import { sharedRuns } from './shared-runs.ts';
import type { WordHunk } from './words.ts';

type Hunks = readonly WordHunk[];
type Side = 'DELETE' | 'INSERT';

/** What a passage said where it stood, and what it says where it stands now. */
export type Moved = { readonly old: string; readonly new: string };

/** A stretch of a changed text that is part of the move of that number. */
type Cut = { readonly from: number; readonly to: number; readonly move: number };

const textsOf = (lists: readonly Hunks[], side: Side): readonly string[] =>
  lists.flatMap((hunks) => hunks.filter(({ op }) => op === side).map(({ text }) => text));

const cutsOf = (words: Words, stretches: readonly (readonly [number, number])[]) => {
  const cuts = new Map<number, Cut[]>();
  stretches.forEach(([from, to], at) => {
    const text = words.textAt[from] ?? 0;
    const cut = { from: cutBefore(words, from), to: cutBefore(words, to), move: at + 1 };
    cuts.set(text, [...(cuts.get(text) ?? []), cut]);
  });
  return cuts;
};

const split = ({ op, text }: WordHunk, cuts: readonly Cut[]): Hunks => {
  const hunks: WordHunk[] = [];
  let at = 0;
  for (const { from, to, move } of cuts.toSorted((a, b) => a.from - b.from)) {
    if (from > at) hunks.push({ op, text: text.slice(at, from) });
    hunks.push({ op, text: text.slice(from, to), move });
    at = to;
  }
  if (at < text.length) hunks.push({ op, text: text.slice(at) });
  return hunks;
};

const marked = (
  lists: readonly Hunks[],
  [deleted, inserted]: readonly [Words, Words],
  passages: readonly Passage[],
): readonly Hunks[] => {
  const cuts = {
    DELETE: cutsOf(
      deleted,
      passages.map(({ aFrom, aTo }) => [aFrom, aTo]),
    ),
    INSERT: cutsOf(
      inserted,
      passages.map(({ bFrom, bTo }) => [bFrom, bTo]),
    ),
  };
  const seen = { DELETE: 0, INSERT: 0 };
  return lists.map((hunks) =>
    hunks.flatMap((hunk) => {
      if (hunk.op === 'EQUAL') return [hunk];
      return split(hunk, cuts[hunk.op].get(seen[hunk.op]++) ?? []);
    }),
  );
};

/** For each text of a side, the stretch of the diff without anything equal in it that it stands in. */
const gapsOf = (lists: readonly Hunks[], side: Side): readonly number[] => {
  let gap = 0;
  return lists.flatMap((hunks) => {
    gap++;
    return hunks.flatMap(({ op }) => {
      if (op === 'EQUAL') gap++;
      return op === side ? [gap] : [];
    });
  });
};

const crosses = (a: Passage, b: Passage): boolean => (a.aFrom - b.aFrom) * (a.bFrom - b.bFrom) < 0;

/** What is deleted and inserted at one place, nothing else passing it, did not move: it was reworded. */
const elsewhere = (
  lists: readonly Hunks[],
  { left, right }: { readonly left: Words; readonly right: Words },
  all: readonly Passage[],
) => {
  const [gone, come] = [gapsOf(lists, 'DELETE'), gapsOf(lists, 'INSERT')];
  const gapOf = ({ aFrom, bFrom }: Passage): number | undefined => {
    const gap = gone[left.textAt[aFrom] ?? 0];
    return gap === come[right.textAt[bFrom] ?? 0] ? gap : undefined;
  };
  const within = Map.groupBy(all, gapOf);
  return (passage: Passage): boolean => {
    const gap = gapOf(passage);
    return gap === undefined || (within.get(gap) ?? []).some((other) => crosses(passage, other));
  };
};

/**
 * Marks what was moved, within one word diff or from one to another: a deleted and an inserted passage of the same
 * number, see {@link passagesIn}. A passage that could be one of several is left deleted and inserted. Numbers run
 * from 1 in the order of the deletions. Hunks of which only a part was moved are split. With a grain above words only whole
 * sentences or paragraphs move. Time and memory are linear in what was deleted and inserted.
 */
export const withMoves = (lists: readonly Hunks[], grain: Grain = 'WORDS'): readonly Hunks[] => {
  const [gone, come] = [textsOf(lists, 'DELETE'), textsOf(lists, 'INSERT')];
  if (gone.length === 0 || come.length === 0) return lists;
  const numbers = numbering();
  const unit = grain === 'PARAGRAPHS' ? grain : 'SENTENCES';
  const [left, right] = [wordsOf(gone, unit, numbers), wordsOf(come, unit, numbers)];
  const sides = { left, right, vocabulary: numbers.size() };
  const found = passagesIn(sides, sharedRuns(left, right), grain !== 'WORDS');
  const passages = found.filter(elsewhere(lists, sides, found));
  return passages.length === 0 ? lists : marked(lists, [left, right], passages);
};

/** Numbers moves anew, in the order of the deletions. */
export const renumbered = (lists: readonly Hunks[]): readonly Hunks[] => {
  const numbers = new Map<number, number>();
  for (const { op, move } of lists.flat()) {
    if (op === 'DELETE' && move !== undefined) numbers.set(move, numbers.size + 1);
  }
  return lists.map((hunks) =>
    hunks.map((hunk) =>
      hunk.move === undefined ? hunk : { ...hunk, move: numbers.get(hunk.move) ?? hunk.move },
    ),
  );
};

/** The two texts of each moved passage, by its number. */
export const moved = (lists: readonly Hunks[]): ReadonlyMap<number, Moved> => {
  const found = new Map<number, { old: string; new: string }>();
  for (const { op, text, move } of lists.flat()) {
    if (move === undefined) continue;
    const passage = found.get(move) ?? { old: '', new: '' };
    passage[op === 'DELETE' ? 'old' : 'new'] = text;
    found.set(move, passage);
  }
  return found;
};
