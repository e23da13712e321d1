import type { Fact } from '#events/facts.ts';
import {
  type ChangedText,
  counterparts,
  type FindSpans,
  phrasesIn,
  sideOf,
} from './changed-text.ts';
import type { FactChange } from './facts.ts';
import { MATERIAL_FLAGS, MATERIAL_RULES, type MaterialFlag } from './material-rules.ts';
import type { Moved } from './moves.ts';
import type { DateChange, FieldChange } from './parts.ts';
import type { FindNames } from './party-names.ts';
import { diffWords, type WordHunk } from './words.ts';

/** Why a difference matters: the rule, and the words and facts that tripped it. */
export type Materiality = {
  readonly flag: MaterialFlag;
  readonly rule: string;
  /** Phrases with deleted and with inserted words in them, each once, at most {@link MOST_PHRASES}. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Names of the facts, in order. */
  readonly facts: readonly string[];
};

/** How many phrases a flag names on each side. */
export const MOST_PHRASES = 20;

/** What the rules look at. */
export type Weighed = {
  readonly fields: readonly FieldChange[];
  readonly facts: readonly FactChange[];
  readonly words: readonly WordHunk[];
  readonly dates: readonly DateChange[];
  /** The moves that hunks of `words` are part of. */
  readonly moves?: ReadonlyMap<number, Moved>;
};

const TIME = /^(?:business |calendar |working )?(?:hour|day|week|month|quarter|year)s?$/i;

const flagsOfOne = (fact: Fact): readonly MaterialFlag[] => {
  if ('money' in fact) return ['MONEY', 'NUMBER'];
  if ('percent' in fact) return ['NUMBER'];
  if ('quantity' in fact)
    return TIME.test(fact.quantity.unit) ? ['NUMBER', 'DURATION'] : ['NUMBER'];
  if ('date' in fact) return ['DATE'];
  if ('duration' in fact) return ['DURATION'];
  if ('party' in fact) return ['PARTY'];
  return [];
};

const turned = ({ old, new: now }: FactChange): boolean =>
  old !== undefined && now !== undefined && 'flag' in old && 'flag' in now;

const flagsOf = (change: FactChange): ReadonlySet<MaterialFlag> => {
  const stated = [change.old, change.new].flatMap((fact) => (fact ? flagsOfOne(fact) : []));
  if (turned(change)) stated.push('NEGATION');
  if (/exclusiv/i.test(change.name)) stated.push('EXCLUSIVITY');
  return new Set(stated);
};

const textIn = (fact: Fact | undefined): string =>
  fact !== undefined && 'text' in fact ? fact.text : '';

/** Headings, kinds (read as words) and facts that are texts are weighed like prose; numbers of clauses are not. */
const texts = ({ fields, facts, words }: Weighed): readonly (readonly WordHunk[])[] => [
  words,
  ...fields
    .filter(({ name }) => name !== 'number')
    .map(({ old = '', new: now = '' }) =>
      diffWords(old.replaceAll('_', ' '), now.replaceAll('_', ' ')),
    ),
  ...facts.map(({ old, new: now }) => diffWords(textIn(old), textIn(now))),
];

const distinct = (sides: readonly ChangedText[], find: FindSpans): readonly string[] =>
  [...new Set(sides.flatMap((side) => phrasesIn(side, find)))].slice(0, MOST_PHRASES);

const spans =
  (pattern: RegExp): FindSpans =>
  (text) =>
    Array.from(text.matchAll(pattern), (found) => [found.index, found.index + found[0].length]);

const starts = ({ dates }: Weighed, side: 'old' | 'new'): readonly string[] =>
  dates.flatMap((date) => date[side] ?? []);

/**
 * The rules that a difference trips, in the order of {@link MATERIAL_FLAGS}. A phrase counts when a deleted
 * or inserted character lies in it; words that stay the same count for nothing by themselves. Nor does it count that a
 * passage moved: a number that stands elsewhere in the deal is the same number. Where it was changed on the way, the
 * words in which it differs count.
 */
export const materialIn = (weighed: Weighed, names: FindNames): readonly Materiality[] => {
  const hunks = texts(weighed).filter((hunk) => hunk.some(({ op }) => op !== 'EQUAL'));
  const others = counterparts(weighed.moves ?? new Map());
  const olds = hunks.map((hunk) => sideOf(hunk, 'DELETE', others));
  const news = hunks.map((hunk) => sideOf(hunk, 'INSERT', others));
  const tripped = weighed.facts.map((change) => ({ name: change.name, flags: flagsOf(change) }));
  return MATERIAL_FLAGS.flatMap((flag) => {
    const { rule, pattern } = MATERIAL_RULES[flag];
    const find = pattern === undefined ? names : spans(pattern);
    const own = (side: 'old' | 'new') => (flag === 'DATE' ? starts(weighed, side) : []);
    const removed = [...own('old'), ...distinct(olds, find)];
    const added = [...own('new'), ...distinct(news, find)];
    const facts = tripped.filter(({ flags }) => flags.has(flag)).map(({ name }) => name);
    if (removed.length + added.length + facts.length === 0) return [];
    return [{ flag, rule, removed, added, facts: [...new Set(facts)] }];
  });
};
