import type { TermValues } from '#events/terms.ts';
import type { TermId } from '#events/values.ts';
import type { ChangeInput } from '#events/verbs.ts';
import type { Part, TermPart } from './part.ts';
import type { Place, Places } from './places.ts';
import { rehang } from './rehang.ts';
import { carriedOn, type Standing } from './standing.ts';
import {
  type PlanOptions,
  planVersion,
  type Replacement,
  type VersionPlan,
} from './version-plan.ts';

/** Recorded in this order, the changes make the one standing of the other. */
export type NextVersion = { readonly standing: Standing; readonly changes: readonly ChangeInput[] };

/** Terms come in as the document has them, those of one replacement together. */
const arrivals = ({ parts, kept, replacements }: VersionPlan) => {
  const groups = new Map(replacements.flatMap((one) => one.to.map((termId) => [termId, one])));
  const seen = new Set<Replacement>();
  return parts.flatMap(({ termId }): readonly (TermId | Replacement)[] => {
    const group = groups.get(termId);
    if (group === undefined) return kept.has(termId) ? [] : [termId];
    if (seen.has(group)) return [];
    seen.add(group);
    return [group];
  });
};

type Arrival = ReturnType<typeof arrivals>[number];

/** The places of all terms, of the new ones as they would stand without more said. */
const withArrivals = ({ places, next }: Standing, coming: readonly Arrival[]): Places => {
  const all = new Map<TermId, Place>(places);
  let rank = next;
  const bring = (termId: TermId, inPlaceOf: TermId | undefined) => {
    all.set(termId, { termId, rank: rank++, ...(inPlaceOf !== undefined && { inPlaceOf }) });
  };
  for (const arrival of coming) {
    if (typeof arrival === 'string') bring(arrival, places.get(arrival)?.inPlaceOf);
    else for (const termId of arrival.to) bring(termId, arrival.from[0]);
  }
  return all;
};

/** Whether what was there goes on in its order, and nothing else comes in. */
const keepsOrder = ({ parts, kept }: VersionPlan, coming: readonly Arrival[]): boolean => {
  if (coming.length > 0) return false;
  const before = kept.keys();
  return parts.every(({ termId }) => before.next().value === termId);
};

const changedPlaces = (
  plan: VersionPlan,
  standing: Standing,
  coming: readonly Arrival[],
): Places => {
  if (keepsOrder(plan, coming)) return new Map();
  const wanted = plan.parts.map(({ termId }) => termId);
  const isNew = (termId: TermId) => !plan.kept.has(termId);
  return rehang(withArrivals(standing, coming), wanted, isNew);
};

const termOf = ({ text, ...part }: TermPart, place: Place | undefined) => ({
  ...part,
  prose: text,
  ...(place?.after !== undefined && { after: place.after }),
});

/** The values that differ; undefined where none does. */
const valuesOf = (
  before: TermPart,
  after: TermPart,
  place: Place | undefined,
): TermValues | undefined => {
  const values: TermValues = {
    ...(before.kind !== after.kind && { kind: after.kind }),
    ...(before.heading !== after.heading && { heading: after.heading ?? null }),
    ...(before.number !== after.number && { number: after.number ?? null }),
    ...(before.text !== after.text && { prose: after.text }),
    ...(place !== undefined && { after: place.after ?? null }),
  };
  return Object.keys(values).length === 0 ? undefined : values;
};

/** The changes of a plan: what goes, what comes, what is other than before. */
const changesOf = (plan: VersionPlan, coming: readonly Arrival[], places: Places) => {
  const partOf = new Map(plan.parts.map((part) => [part.termId, part]));
  const terms = (ids: readonly TermId[]) =>
    ids.flatMap((termId) => {
      const part = partOf.get(termId);
      return part === undefined ? [] : [termOf(part, places.get(termId))];
    });
  const amendments = plan.parts.flatMap((part): readonly ChangeInput[] => {
    const before = plan.kept.get(part.termId);
    const values = before && valuesOf(before, part, places.get(part.termId));
    return values === undefined ? [] : [{ amendTerm: { termId: part.termId, values } }];
  });
  return [
    ...plan.removed.map((termId): ChangeInput => ({ removeTerm: { termId } })),
    ...coming.flatMap((arrival): readonly ChangeInput[] =>
      typeof arrival === 'string'
        ? terms([arrival]).map((addTerm) => ({ addTerm }))
        : [{ replaceTerms: { from: [...arrival.from], to: terms(arrival.to) } }],
    ),
    ...amendments,
  ];
};

/**
 * The changes after which a document reads like its next version, to the character, in the reading order of the
 * fold: few, and each term goes on under its id through rewording, renumbering and moving. No parts withdraw the
 * document: all terms are removed. An empty document has one part without text. It holds for changes recorded in this
 * order, none of which starts earlier than one before; versions may start on the same day.
 */
export const changesBetween = (
  standing: Standing,
  after: readonly Part[],
  options: PlanOptions = {},
): NextVersion => {
  const plan = planVersion(standing, after, options);
  const coming = arrivals(plan);
  const places = changedPlaces(plan, standing, coming);
  const changes = changesOf(plan, coming, places);
  return { changes, standing: carriedOn(standing, changes) };
};
