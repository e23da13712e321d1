import type { TermId } from '#events/values.ts';
import { anchorOf, compareBeside, type Place } from './places.ts';

/**
 * The reading order while it is built from its beginning: the last term, what it hangs on, what that hangs on, up to
 * the document itself at depth 0. The next term can only hang on one of these, behind all that hang on it already.
 */
export class Branch {
  readonly #path: { readonly place: Place | undefined; last: Place | undefined }[] = [
    { place: undefined, last: undefined },
  ];
  readonly #depths = new Map<TermId, number>();
  readonly #hung = new Set<TermId>();

  /** Of the last term. */
  get depth(): number {
    return this.#path.length - 1;
  }

  /** The term at a depth; none at 0. */
  termAt(depth: number): TermId | undefined {
    return this.#path[depth]?.place?.termId;
  }

  /** Whether a place that hangs on the term at that depth comes next. */
  fits(place: Place, depth: number): boolean {
    const last = this.#path[depth]?.last;
    return last === undefined || compareBeside(last, place) < 0;
  }

  /** The depth of what a place hangs on, where it comes next; `never` where it can't any more. */
  depthFor(place: Place): number | 'never' | 'not yet' {
    const anchor = anchorOf(place);
    const depth = anchor === undefined ? 0 : this.#depths.get(anchor);
    if (depth !== undefined) return this.fits(place, depth) ? depth : 'never';
    return anchor !== undefined && this.#hung.has(anchor) ? 'never' : 'not yet';
  }

  hang(place: Place, depth: number): void {
    while (this.depth > depth) {
      const termId = this.#path.pop()?.place?.termId;
      if (termId !== undefined) this.#depths.delete(termId);
    }
    const on = this.#path[depth];
    if (on !== undefined) on.last = place;
    this.#path.push({ place, last: undefined });
    this.#depths.set(place.termId, this.depth);
    this.#hung.add(place.termId);
  }
}
