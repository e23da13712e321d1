/** How often each word, or each two words side by side, stands in a text. */
export type Bag = { readonly counts: ReadonlyMap<number, number>; readonly size: number };

/** A text as its words, whatever their case and what stands between them. */
export type Words = {
  readonly single: Bag;
  /** Two words side by side say more about where a text comes from than one. A single word pairs with nothing. */
  readonly pairs: Bag;
};

const SPACELESS = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}`;
const WORD = new RegExp(String.raw`[[\p{L}\p{N}\p{M}]--[${SPACELESS}]]+|[${SPACELESS}]`, 'gv');

/** Markup is no words; a closing bracket far off belongs to something else. */
const TAG = /<\/?[a-zA-Z][^<>]{0,300}>/g;

/** More words than a text can have. */
const MANY = 2 ** 25;

const counted = (members: readonly number[]): Bag => {
  const counts = new Map<number, number>();
  for (const member of members) counts.set(member, (counts.get(member) ?? 0) + 1);
  return { counts, size: members.length };
};

const pairsOf = (words: readonly number[]): readonly number[] =>
  words.length < 2 ? words : words.slice(1).map((word, at) => (words[at] ?? 0) * MANY + word);

/** A text's words; pairs are counted when they are asked for. */
class Text implements Words {
  readonly single: Bag;
  readonly #words: readonly number[];
  #pairs: Bag | undefined;

  constructor(words: readonly number[]) {
    this.#words = words;
    this.single = counted(words);
  }

  get pairs(): Bag {
    this.#pairs ??= counted(pairsOf(this.#words));
    return this.#pairs;
  }
}

/** Characters of texts whose words are kept. */
const KEPT = 1_000_000;

/**
 * Reads texts over one vocabulary, so that their words can be compared. It remembers what it has read, as much changes
 * again and again, or back.
 */
export class WordReader {
  readonly #ids = new Map<string, number>();
  readonly #known = new Map<string, Words>();
  #length = 0;

  /** Whether it holds so much that another should take its place; words of two readers can't be compared. */
  get isFull(): boolean {
    return this.#length > KEPT;
  }

  read(text: string): Words {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const words = text.includes('<') ? text.replace(TAG, ' ') : text;
    const read = new Text((words.toLowerCase().match(WORD) ?? []).map((word) => this.#idOf(word)));
    this.#known.set(text, read);
    this.#length += text.length;
    return read;
  }

  #idOf(word: string): number {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    this.#ids.set(word, this.#ids.size + 1);
    return this.#ids.size;
  }
}

/** How many members two bags have in common, each as often as it is in both. */
export const common = (a: Bag, b: Bag): number => {
  const [few, many] = a.counts.size <= b.counts.size ? [a, b] : [b, a];
  let found = 0;
  for (const [member, count] of few.counts) {
    found += Math.min(count, many.counts.get(member) ?? 0);
  }
  return found;
};

/** Jaccard's index of two bags, from 0 to 1; two empty ones are alike. */
export const likeness = (a: Bag, b: Bag, shared = common(a, b)): number =>
  a.size + b.size === 0 ? 1 : shared / (a.size + b.size - shared);
