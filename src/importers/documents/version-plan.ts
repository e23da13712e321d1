import type { TermId } from '#events/values.ts';
import { matchParts } from './match-parts.ts';
import type { Part, TermPart } from './part.ts';
import type { Standing } from './standing.ts';
import { TermIds } from './term-ids.ts';
import { traces } from './traces.ts';
import type { WordReader } from './words.ts';

/** What is known besides the versions. */
export type PlanOptions = {
  /** What has read the words of versions before. */
  readonly reader?: WordReader;
  /** Whether the agreement has or had a term of that id besides those of the document. */
  readonly isTaken?: (termId: TermId) => boolean;
  /** Begins the id of each term of the document, such as `privacy.`; at most 40 characters. */
  readonly prefix?: string;
};

/** Terms that take the place of others, in reading order. */
export type Replacement = { readonly from: readonly TermId[]; readonly to: readonly TermId[] };

/** What becomes of the terms of a document in its next version. */
export type VersionPlan = {
  /** The version's parts, each with its term. */
  readonly parts: readonly TermPart[];
  /** The terms that were there and go on. */
  readonly kept: ReadonlyMap<TermId, TermPart>;
  readonly removed: readonly TermId[];
  readonly replacements: readonly Replacement[];
};

/** The terms that each newer part goes on from, where one is. */
const goingOn = (basis: readonly TermPart[], origins: readonly (number | undefined)[]) =>
  origins.map((origin) => (origin === undefined ? undefined : basis[origin]?.termId));

/** Gives each trace the terms gone that left it, one after the other, none twice. */
const goneTerms = ({ gone, parts }: Standing, known: readonly (TermId | undefined)[]) => {
  const used = new Set([...known, ...parts.map(({ termId }) => termId)]);
  const left = new Map<string, ArrayIterator<TermId>>();
  return (trace: string | undefined): TermId | undefined => {
    if (trace === undefined) return undefined;
    const terms = left.get(trace) ?? (gone.get(trace) ?? []).values();
    left.set(trace, terms);
    for (let next = terms.next(); next.done !== true; next = terms.next()) {
      if (used.has(next.value)) continue;
      used.add(next.value);
      return next.value;
    }
    return undefined;
  };
};

/** A part that nothing is known of may have been there before. */
const returning = (
  after: readonly Part[],
  known: readonly (TermId | undefined)[],
  isBusy: (at: number) => boolean,
  standing: Standing,
): readonly (TermId | undefined)[] => {
  if (standing.gone.size === 0) return known;
  const take = goneTerms(standing, known);
  const traced = after.map((part, at) =>
    known[at] === undefined && !isBusy(at) ? traces(part) : [],
  );
  const taking = (which: number, before: typeof known) =>
    before.map((own, at) => own ?? take(traced[at]?.[which]));
  // The same words say more than the same heading, wherever they stand.
  return taking(1, taking(0, known));
};

const named = (
  after: readonly Part[],
  known: readonly (TermId | undefined)[],
  { places }: Standing,
  { isTaken = () => false, prefix = '' }: PlanOptions,
): readonly TermPart[] => {
  const ids = new TermIds((termId) => places.has(termId) || isTaken(termId), prefix);
  return after.map((part, at) => {
    const termId = known[at];
    if (termId === undefined) return { ...part, termId: ids.give(part) };
    ids.pass(part, termId);
    return { ...part, termId };
  });
};

/** Finds out what becomes of a document's terms; a document that comes back takes its terms up again. */
export const planVersion = (
  standing: Standing,
  after: readonly Part[],
  options: PlanOptions,
): VersionPlan => {
  const isBack = standing.parts.length === 0;
  const basis = isBack ? standing.withdrawn : standing.parts;
  const { origins, ...regrouped } = matchParts(basis, after, options.reader);
  const { splits, mergers } = isBack ? { splits: [], mergers: [] } : regrouped;
  const replacing = new Set([...splits.flatMap(({ to }) => to), ...mergers.map(({ to }) => to)]);
  const known = returning(after, goingOn(basis, origins), (at) => replacing.has(at), standing);
  const parts = named(after, known, standing, options);
  const idsIn = (all: readonly Part[] | readonly TermPart[], ats: readonly number[]) =>
    ats.flatMap((at) => (all[at] as TermPart | undefined)?.termId ?? []);
  const replacements = [
    ...splits.map(({ from, to }) => ({ from: idsIn(basis, [from]), to: idsIn(parts, to) })),
    ...mergers.map(({ from, to }) => ({ from: idsIn(basis, from), to: idsIn(parts, [to]) })),
  ];
  const going = new Set(parts.map(({ termId }) => termId));
  const kept = new Map(
    standing.parts.filter(({ termId }) => going.has(termId)).map((part) => [part.termId, part]),
  );
  const replaced = new Set(replacements.flatMap(({ from }) => from));
  const removed = standing.parts
    .map(({ termId }) => termId)
    .filter((termId) => !kept.has(termId) && !replaced.has(termId));
  return { parts, kept, removed, replacements };
};
