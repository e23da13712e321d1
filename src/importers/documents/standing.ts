import type { Term, TermValues } from '#events/terms.ts';
import type { TermId } from '#events/values.ts';
import { askedChange, type ChangeInput } from '#events/verbs.ts';
import type { TermPart } from './part.ts';
import { inOrder, type Place, type Places } from './places.ts';
import { traces } from './traces.ts';

/** A document as its terms: what holds, and what has to be known of the past to go on. */
export type Standing = {
  /** In reading order; their texts, joined, are the document. None: there is no document. */
  readonly parts: readonly TermPart[];
  readonly places: Places;
  /**
   * The terms that were removed, by what was said of them last (see {@link traces}); those removed last first, as they
   * stood.
   */
  readonly gone: ReadonlyMap<string, readonly TermId[]>;
  /** The parts that the document had when it was withdrawn; none while there is a document. */
  readonly withdrawn: readonly TermPart[];
  /** The rank of the next term that comes in. */
  readonly next: number;
};

/** Before the first version. */
export const NOTHING: Standing = {
  parts: [],
  places: new Map(),
  gone: new Map(),
  withdrawn: [],
  next: 1,
};

const partOf = ({ termId, kind, heading, number, prose = '' }: Term): TermPart => ({
  termId,
  kind,
  ...(heading !== undefined && { heading }),
  ...(number !== undefined && { number }),
  text: prose,
});

/** `null` clears, what is left out stays. */
const amended = (part: TermPart, values: TermValues): TermPart => {
  const { kind = part.kind, heading = part.heading, number = part.number } = values;
  const { prose = part.text } = values;
  return {
    termId: part.termId,
    kind,
    ...(heading !== undefined && heading !== null && { heading }),
    ...(number !== undefined && number !== null && { number }),
    text: prose ?? '',
  };
};

const hung = ({ after: _, ...place }: Place, after: TermId | null): Place =>
  after === null ? place : { ...place, after };

/** Each thing that was said of parts, with the terms that it was said of. */
const tracesOf = (parts: readonly TermPart[]) =>
  Map.groupBy(
    parts.flatMap((part) => traces(part).map((trace) => ({ trace, termId: part.termId }))),
    ({ trace }) => trace,
  );

const withGone = (gone: Standing['gone'], removed: readonly TermPart[]): Standing['gone'] => {
  if (removed.length === 0) return gone;
  const all = new Map(gone);
  for (const [trace, ones] of tracesOf(removed)) {
    const ids = new Set([...ones.map(({ termId }) => termId), ...(gone.get(trace) ?? [])]);
    all.set(trace, [...ids]);
  }
  return all;
};

/** A standing while changes are applied to it; its places are copied when the first change writes to them. */
class Growing {
  readonly #from: Standing;
  readonly #live: Map<TermId, TermPart>;
  #places: Map<TermId, Place> | undefined;
  readonly #removed: TermPart[] = [];
  #next: number;

  constructor(from: Standing) {
    this.#from = from;
    this.#live = new Map(from.parts.map((part) => [part.termId, part]));
    this.#next = from.next;
  }

  apply(change: ChangeInput): void {
    const asked = askedChange(change);
    if (asked.verb === 'addTerm') this.#bring(asked.data as Term, undefined);
    if (asked.verb === 'amendTerm') this.#amend(asked.data.termId, asked.data.values);
    if (asked.verb === 'removeTerm') this.#remove(asked.data.termId);
    if (asked.verb === 'replaceTerms') this.#replace(asked.data.from, asked.data.to);
  }

  #written(): Map<TermId, Place> {
    this.#places ??= new Map(this.#from.places);
    return this.#places;
  }

  #bring(term: Term, inPlaceOf: TermId | undefined): void {
    const { termId, after } = term;
    const places = this.#written();
    const before = places.get(termId);
    const wasThere = this.#live.has(termId);
    const replaced = inPlaceOf ?? before?.inPlaceOf;
    this.#live.set(termId, partOf(term));
    places.set(termId, {
      termId,
      rank: wasThere && before !== undefined ? before.rank : this.#next++,
      ...(after !== undefined && { after }),
      ...(replaced !== undefined && { inPlaceOf: replaced }),
    });
  }

  #amend(termId: TermId, values: TermValues): void {
    const part = this.#live.get(termId);
    if (part === undefined) return;
    this.#live.set(termId, amended(part, values));
    const place = this.#from.places.get(termId) ?? this.#places?.get(termId);
    if (values.after !== undefined && place !== undefined) {
      this.#written().set(termId, hung(this.#written().get(termId) ?? place, values.after));
    }
  }

  #remove(termId: TermId): void {
    const part = this.#live.get(termId);
    if (part === undefined) return;
    this.#live.delete(termId);
    this.#removed.push(part);
  }

  #replace(from: readonly TermId[], to: readonly Term[]): void {
    const there = from.filter((termId) => this.#live.delete(termId));
    for (const term of to)
      this.#bring(
        term,
        there.find((termId) => termId !== term.termId),
      );
  }

  standing(): Standing {
    const places = this.#places ?? this.#from.places;
    const order = this.#places === undefined ? this.#live.keys() : inOrder(this.#places);
    const parts = [...order].flatMap((termId) => this.#live.get(termId) ?? []);
    const last = this.#from.parts.length === 0 ? this.#from.withdrawn : this.#from.parts;
    return {
      parts,
      places,
      gone: withGone(this.#from.gone, this.#removed),
      withdrawn: parts.length === 0 ? last : [],
      next: this.#next,
    };
  }
}

/**
 * A document after the changes of one version, in the order in which they were recorded. Changes of other kinds
 * than bringing in, amending, replacing and removing terms leave it as it is.
 */
export const carriedOn = (standing: Standing, changes: readonly ChangeInput[]): Standing => {
  const growing = new Growing(standing);
  for (const change of changes) growing.apply(change);
  return growing.standing();
};
