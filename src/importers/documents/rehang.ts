import type { TermId } from '#events/values.ts';
import { longestIncreasing } from '#projections/diff/increasing.ts';
import { Branch } from './branch.ts';
import { compareBeside, inOrder, type Place, type Places } from './places.ts';

/** A term that can stay as it hangs, and the terms, gone since, that stand before it and behind the one before. */
type Stay = { readonly place: Place; readonly gone: readonly Place[] };

/** The longest row of terms that are in the wanted order already, with what is gone between them. */
const staying = (
  places: Places,
  wanted: readonly TermId[],
  isNew: (termId: TermId) => boolean,
): readonly Stay[] => {
  const order = inOrder(places);
  const ranks = new Map(order.map((termId, rank) => [termId, rank]));
  const kept = wanted.filter((termId) => !isNew(termId));
  const members = longestIncreasing(kept.map((termId) => ranks.get(termId) ?? 0));
  const stays = new Set(members.map((member) => kept[member]));
  const there = new Set(wanted);
  const found: Stay[] = [];
  let gone: Place[] = [];
  for (const termId of order) {
    const place = places.get(termId);
    if (place === undefined) continue;
    if (!there.has(termId)) gone.push(place);
    if (!stays.has(termId)) continue;
    found.push({ place, gone });
    gone = [];
  }
  return found;
};

/** The terms that stay, in order; one is passed when the order reaches it. */
class Ahead {
  readonly #stays: readonly Stay[];
  readonly #next: number[];
  #at = 0;

  constructor(stays: readonly Stay[]) {
    this.#stays = stays;
    this.#next = stays.map((_, at) => at);
  }

  /** Hangs what is gone before the next one that stays: others can be told their places by it. */
  hangGone(branch: Branch): void {
    for (const place of this.#stays[this.#at]?.gone ?? []) {
      const depth = branch.depthFor(place);
      if (typeof depth === 'number') branch.hang(place, depth);
    }
  }

  /** Whether the term is the next one that stays; then it is passed. */
  pass(termId: TermId): boolean {
    if (this.#stays[this.#at]?.place.termId !== termId) return false;
    this.#at++;
    return true;
  }

  /** The first one ahead that could come next as it hangs. */
  first(branch: Branch): { readonly place: Place; readonly depth: number } | undefined {
    for (let at = this.#alive(this.#at); ; at = this.#alive(at + 1)) {
      const place = this.#stays[at]?.place;
      if (place === undefined) return undefined;
      const depth = branch.depthFor(place);
      if (typeof depth === 'number') return { place, depth };
      if (depth === 'never') this.#next[at] = at + 1;
    }
  }

  /** The first from there on that may still stay; those that can't are skipped from then on. */
  #alive(from: number): number {
    let at = from;
    for (let next = this.#next[at]; next !== undefined && next !== at; next = this.#next[at]) {
      this.#next[at] = this.#next[next] ?? next;
      at = next;
    }
    return at;
  }
}

/** Hanging on the term at that depth of the branch, without moving what it is in place of. */
const hungAt = ({ termId, rank, inPlaceOf }: Place, depth: number, branch: Branch): Place => {
  const on = branch.termAt(depth);
  const after = on ?? (inPlaceOf === undefined ? undefined : termId);
  return {
    termId,
    rank,
    ...(inPlaceOf !== undefined && { inPlaceOf }),
    ...(after !== undefined && { after }),
  };
};

/** Where a term hangs so that it comes next: as it does, else as near to the document as leaves others alone. */
const hungNext = (place: Place, ahead: Ahead, branch: Branch) => {
  const next = ahead.first(branch);
  const leaves = (one: Place, depth: number): boolean =>
    next === undefined ||
    depth > next.depth ||
    (depth === next.depth && compareBeside(one, next.place) < 0);
  const own = branch.depthFor(place);
  if (typeof own === 'number' && leaves(place, own)) return { place, depth: own };
  for (let depth = next?.depth ?? 0; depth < branch.depth; depth++) {
    const hung = hungAt(place, depth, branch);
    if (branch.fits(hung, depth) && leaves(hung, depth)) return { place: hung, depth };
  }
  return { place: hungAt(place, branch.depth, branch), depth: branch.depth };
};

/**
 * The places of terms so that their reading order is the one wanted, few of them other than before.
 *
 * @param places of all terms that ever were, new ones included as they would stand
 * @param wanted the terms that are there, in the order wanted
 * @returns the places that are other than before
 */
export const rehang = (
  places: Places,
  wanted: readonly TermId[],
  isNew: (termId: TermId) => boolean,
): Places => {
  const ahead = new Ahead(staying(places, wanted, isNew));
  const branch = new Branch();
  ahead.hangGone(branch);
  const hangOne = (place: Place): Place => {
    const stays = ahead.pass(place.termId);
    const own = stays ? branch.depthFor(place) : undefined;
    const hung = typeof own === 'number' ? { place, depth: own } : hungNext(place, ahead, branch);
    branch.hang(hung.place, hung.depth);
    if (stays) ahead.hangGone(branch);
    return hung.place;
  };
  const changed = new Map<TermId, Place>();
  for (const termId of wanted) {
    const place = places.get(termId);
    const hung = place && hangOne(place);
    if (hung !== undefined && hung.after !== place?.after) changed.set(termId, hung);
  }
  return changed;
};
