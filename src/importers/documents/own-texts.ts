import type { Part } from './part.ts';

/** Characters that are kept; beyond that it begins anew. */
const KEPT = 8_000_000;

/**
 * Keeps one copy of each text, by itself. A piece of a longer text keeps all of that in memory; and what comes back
 * again and again need not lie there each time.
 */
export class OwnTexts {
  readonly #kept = new Map<string, string>();
  #length = 0;

  part(part: Part): Part {
    const { heading, text } = part;
    const own = { ...part, text: this.#own(text) };
    return heading === undefined ? own : { ...own, heading: this.#own(heading) };
  }

  #own(text: string): string {
    const known = this.#kept.get(text);
    if (known !== undefined) return known;
    if (this.#length > KEPT) {
      this.#kept.clear();
      this.#length = 0;
    }
    const copy = structuredClone(text);
    this.#kept.set(copy, copy);
    this.#length += copy.length;
    return copy;
  }
}
