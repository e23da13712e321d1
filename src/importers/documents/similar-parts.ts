import { NONE, type Origins } from './equal-parts.ts';
import { holdersOf } from './holders.ts';
import type { Part } from './part.ts';
import { common, likeness, type Words } from './words.ts';

/** A part with its place among all parts of its version, and its words. */
export type Read = { readonly at: number; readonly part: Part; readonly words: Words };

/** So many of the older parts that share the most telling words are looked at. */
const LOOKED_AT = 6;
/** Between two matched neighbours, so many on either side of the one that it faces are looked at. */
const NEAR = 3;

/** The older parts `[from, to)`, and the one that stands as far behind `from` as the newer one does. */
type Gap = { readonly from: number; readonly to: number; readonly facing: number };
type Pair = { readonly older: Read; readonly newer: Read; readonly score: number };

const isSame = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && a.toLowerCase() === b?.toLowerCase();

/** What two parts have in common. */
type Traits = {
  /** Jaccard's index of their words. */
  readonly alike: number;
  /** The share of the shorter one's words that stand in the longer one. */
  readonly held: number;
  readonly heading: boolean;
  /** Both have headings, and other ones. */
  readonly retitled: boolean;
  readonly number: boolean;
  /** Between the same matched neighbours. */
  readonly place: boolean;
  /** `Article 12` names a clause by itself; `4` or `(a)` does not. */
  readonly named: boolean;
  /** Both stand before the first clause. */
  readonly opening: boolean;
};

const traitsOf = (older: Read, newer: Read, place: boolean): Traits => {
  const [a, b] = [older.words.single, newer.words.single];
  const shared = common(a, b);
  const number = isSame(older.part.number, newer.part.number);
  const heading = isSame(older.part.heading, newer.part.heading);
  return {
    alike: likeness(a, b, shared),
    held: shared / Math.max(1, Math.min(a.size, b.size)),
    heading,
    retitled: !heading && older.part.heading !== undefined && newer.part.heading !== undefined,
    number,
    place,
    named: number && (heading || /\p{L}{2}|[第제]/u.test(newer.part.number ?? '')),
    opening: older.part.kind === 'PREAMBLE' && newer.part.kind === 'PREAMBLE',
  };
};

/** Each says by itself that one part goes on from another. */
const SIGNS: readonly ((traits: Traits) => boolean)[] = [
  ({ alike }) => alike >= 0.5,
  ({ heading, alike, held }) => heading && (alike >= 0.2 || held >= 0.8),
  ({ place, alike, held }) => place && (alike >= 0.35 || held >= 0.8),
  ({ place, number, retitled, alike }) => place && number && !retitled && alike >= 0.2,
  ({ place, named }) => place && named,
  ({ place, opening }) => place && opening,
];

/** Undefined where nothing says that the one goes on from the other. */
const scoreOf = (traits: Traits): number | undefined => {
  if (!SIGNS.some((sign) => sign(traits))) return undefined;
  const { alike, heading, number, place } = traits;
  return alike + 0.25 * Number(heading) + 0.1 * Number(number) + 0.1 * Number(place);
};

type Label = 'heading' | 'number';

/** The older parts with the same heading or number. */
const labelled = (olds: readonly Read[], label: Label): ((newer: Read) => readonly Read[]) => {
  const index = Map.groupBy(olds, ({ part }) => part[label]?.toLowerCase());
  return ({ part }) => {
    const name = part[label]?.toLowerCase();
    return name === undefined ? [] : (index.get(name)?.slice(0, LOOKED_AT) ?? []);
  };
};

/** For each newer part the older ones between those that its neighbours go on from. */
const gapsOf = (origins: Origins, length: number): ((newer: Read) => Gap) => {
  const from = new Int32Array(origins.length);
  const to = new Int32Array(origins.length);
  const facing = new Int32Array(origins.length);
  let last = 0;
  let beside = 0;
  for (const [at, origin] of origins.entries()) {
    from[at] = last;
    facing[at] = last + at - beside;
    if (origin === NONE) continue;
    last = origin + 1;
    beside = at + 1;
  }
  let next = length;
  for (let at = origins.length - 1; at >= 0; at--) {
    to[at] = next;
    const origin = origins[at] ?? NONE;
    if (origin !== NONE) next = origin;
  }
  return ({ at }) => ({ from: from[at] ?? 0, to: to[at] ?? 0, facing: facing[at] ?? 0 });
};

/** The older parts that may go on in a newer one. */
const candidates = (olds: readonly Read[]): ((newer: Read, gap: Gap) => ReadonlySet<Read>) => {
  const sharing = holdersOf(olds, ({ single }) => single);
  const [headed, numbered] = [labelled(olds, 'heading'), labelled(olds, 'number')];
  const readAt = new Map(olds.map((read) => [read.at, read]));
  const within = ({ from, to, facing }: Gap): readonly Read[] => {
    const first = Math.max(from, Math.min(facing - NEAR, to - 1 - 2 * NEAR));
    const found: Read[] = [];
    for (let at = first; at < to && at <= first + 2 * NEAR; at++) {
      const read = readAt.get(at);
      if (read !== undefined) found.push(read);
    }
    return found;
  };
  return (newer, gap) =>
    new Set([
      ...sharing(newer.words.single).slice(0, LOOKED_AT),
      ...headed(newer),
      ...numbered(newer),
      ...within(gap),
    ]);
};

/**
 * Pairs what equal texts left over: by words, by heading and number with words alike, by place between matched
 * neighbours with some words alike. The most alike first, each part once.
 *
 * @param length how many older parts there are in all
 */
export const pairSimilar = (
  olds: readonly Read[],
  news: readonly Read[],
  origins: Origins,
  length: number,
): void => {
  if (olds.length === 0 || news.length === 0) return;
  const [gapOf, candidatesFor] = [gapsOf(origins, length), candidates(olds)];
  const pairs = news.flatMap((newer) => {
    const gap = gapOf(newer);
    return [...candidatesFor(newer, gap)].flatMap((older): readonly Pair[] => {
      const isBetween = older.at >= gap.from && older.at < gap.to;
      const score = scoreOf(traitsOf(older, newer, isBetween));
      return score === undefined ? [] : [{ older, newer, score }];
    });
  });
  const used = new Set<Read>();
  for (const { older, newer } of pairs.toSorted((a, b) => b.score - a.score)) {
    if (used.has(older) || used.has(newer)) continue;
    used.add(older).add(newer);
    origins[newer.at] = older.at;
  }
};
