import type { Part } from './part.ts';

/** For each newer part the index of the older one that it goes on from, or {@link NONE}. */
export type Origins = Int32Array;
export const NONE = -1;

type Sides = { readonly before: readonly Part[]; readonly after: readonly Part[] };
/** Indexes of parts of equal text, on either side. */
type Repeated = { readonly olds: readonly number[]; readonly news: readonly number[] };

const same = (a: Part | undefined, b: Part | undefined): boolean =>
  a !== undefined && b !== undefined && a.text === b.text;

/** How many parts stand unchanged at the beginning, and how many of the rest at the end. */
const edges = ({ before, after }: Sides): readonly [head: number, tail: number] => {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && same(before[head], after[head])) head++;
  let tail = 0;
  while (tail < most - head && same(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  return [head, tail];
};

/** The indexes of each text in `[from, to)`. */
const places = (parts: readonly Part[], from: number, to: number) => {
  const found = new Map<string, number[]>();
  for (let at = from; at < to; at++) {
    const { text = '' } = parts[at] ?? {};
    const list = found.get(text);
    if (list === undefined) found.set(text, [at]);
    else list.push(at);
  }
  return found;
};

/** Texts that stand several times go with their neighbours, what is left in order. */
const pairRepeated = ({ olds, news }: Repeated, origins: Origins): void => {
  const free = new Set(olds);
  const pair = (at: number, older: number | undefined) => {
    if (older === undefined || origins[at] !== NONE || !free.delete(older)) return;
    origins[at] = older;
  };
  const beside = (at: number, step: -1 | 1): number => (origins[at + step] ?? NONE) - step;
  for (const at of news) pair(at, beside(at, -1));
  for (const at of news.toReversed()) pair(at, beside(at, 1));
  const left = [...free];
  for (const at of news) if (origins[at] === NONE) pair(at, left.shift());
};

/** Pairs parts of equal text: what stands at the beginning and at the end, then what moved. */
export const equalParts = (before: readonly Part[], after: readonly Part[]): Origins => {
  const origins = new Int32Array(after.length).fill(NONE);
  const [head, tail] = edges({ before, after });
  for (let at = 0; at < head; at++) origins[at] = at;
  for (let at = 1; at <= tail; at++) origins[after.length - at] = before.length - at;
  const there = places(before, head, before.length - tail);
  const groups = [...places(after, head, after.length - tail)].map(([text, news]) => ({
    olds: there.get(text) ?? [],
    news,
  }));
  const isOnce = ({ olds, news }: Repeated) => olds.length === 1 && news.length === 1;
  for (const group of groups.filter(isOnce)) pairRepeated(group, origins);
  for (const group of groups.filter((one) => !isOnce(one))) pairRepeated(group, origins);
  return origins;
};
