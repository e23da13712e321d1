import type { FeedItem } from './feed-item.ts';

/** The last items that were made for any subscriber; others who follow close behind get the same. */
const KEPT = 500;

/** Items of feeds by filter and cursor, so that many subscribers cost the work of one. */
export class SharedItems {
  readonly #items = new Map<string, FeedItem | undefined>();

  /** @param make gives what passes the filter at the cursor, if anything does */
  at(key: string, make: () => FeedItem | undefined): FeedItem | undefined {
    if (this.#items.has(key)) return this.#items.get(key);
    const item = make();
    this.#items.set(key, item);
    if (this.#items.size > KEPT) {
      const [oldest = ''] = this.#items.keys();
      this.#items.delete(oldest);
    }
    return item;
  }
}
