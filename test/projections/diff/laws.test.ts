import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDiff } from '#projections/diff/apply.ts';
import type { DiffEntry } from '#projections/diff/entry.ts';
import { invertDiff } from '#projections/diff/invert.ts';
import { moved } from '#projections/diff/moves.ts';
import { diffStates } from '#projections/diff/terms.ts';
import type { TermState } from '#projections/state.ts';
import { lcsLength } from './lcs.ts';
import { anyState, twoStates } from './random-states.ts';

/** What a diff compares of a term. */
const compared = (terms: readonly TermState[]) =>
  terms.map(({ termId, value, applies, certain, inForceSince }) => ({
    termId,
    value,
    applies,
    certain,
    inForceSince,
  }));

/** An entry without what only the way there has: causes, and the order of lists that have none. */
const plain = (entry: DiffEntry) => {
  const { causedBy: _, revisions: __, material, ...rest } = entry;
  const phrases = (list: readonly string[]) => list.toSorted();
  return {
    ...rest,
    material: material.map(({ removed, added, ...reason }) => ({
      ...reason,
      removed: phrases(removed),
      added: phrases(added),
    })),
  };
};

/** Entries in no order; moves, which are numbered by it, are told by their texts. */
const asSet = (entries: readonly DiffEntry[]) => {
  const moves = moved(entries.map(({ words }) => words));
  const told = entries.map((entry) => ({
    ...plain(entry),
    words: entry.words.map(({ move, ...hunk }) => ({ ...hunk, move: move && moves.get(move) })),
  }));
  return told.map((entry) => JSON.stringify(entry)).toSorted();
};

const RUNS = { numRuns: 400 };

test('a state is no different from itself', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      expect(diffStates(state, structuredClone(state)).entries).toEqual([]);
    }),
  );
});

test('the old terms and the diff give the new terms, in order', () => {
  fc.assert(
    fc.property(twoStates, ([from, to]) => {
      expect(compared(applyDiff(from.terms, diffStates(from, to)))).toEqual(compared(to.terms));
    }),
    RUNS,
  );
});

test('the new terms and the diff turned round give the old terms', () => {
  fc.assert(
    fc.property(twoStates, ([from, to]) => {
      const back = invertDiff(diffStates(from, to));
      expect(compared(applyDiff(to.terms, back))).toEqual(compared(from.terms));
    }),
    RUNS,
  );
});

test('the diff turned round is the diff the other way', () => {
  fc.assert(
    fc.property(twoStates, ([from, to]) => {
      const back = invertDiff(diffStates(from, to));
      expect(asSet(back.entries)).toEqual(asSet(diffStates(to, from).entries));
    }),
    RUNS,
  );
});

test('turned round twice it is what it was', () => {
  fc.assert(
    fc.property(twoStates, ([from, to]) => {
      const diff = diffStates(from, to);
      expect(invertDiff(invertDiff(diff))).toEqual(diff);
    }),
    RUNS,
  );
});

test('as few terms as can be are called MOVED', () => {
  fc.assert(
    fc.property(twoStates, ([from, to]) => {
      const plain = [from, to].map((state) => ({ ...state, lineage: [] }));
      const [a = from, b = to] = plain;
      const ids = a.terms.map(({ termId }) => termId);
      const common = b.terms.flatMap(({ termId }) => {
        const at = ids.indexOf(termId);
        return at < 0 ? [] : [at];
      });
      const moved = diffStates(a, b).entries.filter(({ effect }) => effect === 'MOVED');
      const inOrder = lcsLength(
        common,
        common.toSorted((x, y) => x - y),
      );
      expect(moved.length).toBe(common.length - inOrder);
    }),
    RUNS,
  );
});

test('entries stand in the reading order of the new state', () => {
  fc.assert(
    fc.property(twoStates, ([from, to]) => {
      const at = new Map(to.terms.map(({ termId }, index) => [termId, index]));
      const places = diffStates(from, to).entries.flatMap(
        (entry) => at.get(entry.to[0]?.termId ?? entry.from[0]?.termId ?? ('' as never)) ?? [],
      );
      expect(places).toEqual(places.toSorted((x, y) => x - y));
    }),
    RUNS,
  );
});

test('a renumbering has no words and no facts', () => {
  fc.assert(
    fc.property(twoStates, ([from, to]) => {
      for (const entry of diffStates(from, to).entries) {
        if (entry.effect !== 'RENUMBERED') continue;
        expect([entry.words, entry.facts]).toEqual([[], []]);
        expect(entry.fields.map(({ name }) => name)).toEqual(['number']);
      }
    }),
    RUNS,
  );
});

test('without a disagreement of the records nothing is called CORRECTED', () => {
  fc.assert(
    fc.property(twoStates, ([from, to]) => {
      const same = { ...to, revised: from.revised };
      expect(diffStates(from, same).entries.filter(({ kind }) => kind === 'CORRECTED')).toEqual([]);
    }),
  );
});
