import { commonEnd, commonStart } from './common-ends.ts';
import { NONE, type Origins } from './equal-parts.ts';
import type { Part } from './part.ts';

/** With this share of its characters left as they were, a part goes on whatever else happened. */
const LEFT = 0.6;

/** How many characters two texts have in common at their beginnings and ends. */
const ends = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  return Math.min(most, commonStart(a, b) + commonEnd(a, b));
};

const isEdited = (a: Part | undefined, b: Part | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  ends(a.text, b.text) >= LEFT * Math.max(a.text.length, b.text.length);

type Stretch = { readonly from: number; readonly to: number };

/** The stretches of newer parts that go on from nothing. */
const loose = (origins: Origins): readonly Stretch[] => {
  const found: Stretch[] = [];
  for (let from = 0; from < origins.length; from++) {
    if (origins[from] !== NONE) continue;
    let to = from;
    while (to < origins.length && origins[to] === NONE) to++;
    found.push({ from, to });
    from = to;
  }
  return found;
};

/** The older part that a newer one faces where as many on either side stand between the same neighbours. */
const facing = (length: number, origins: Origins): readonly (readonly [number, number])[] =>
  loose(origins).flatMap(({ from, to }) => {
    const first = from === 0 ? 0 : (origins[from - 1] ?? NONE) + 1;
    const next = to === origins.length ? length : (origins[to] ?? NONE);
    if (next - first !== to - from) return [];
    return Array.from({ length: to - from }, (_, at) => [first + at, from + at] as const);
  });

/**
 * Pairs parts that were edited in one place each: as many on either side between the same neighbours, one by one.
 * Most edits are of this kind, and their words need not be counted.
 */
export const pairEdited = (
  before: readonly Part[],
  after: readonly Part[],
  origins: Origins,
): void => {
  const used = new Set(origins);
  for (const [older, newer] of facing(before.length, origins)) {
    if (!used.has(older) && isEdited(before[older], after[newer])) origins[newer] = older;
  }
};
