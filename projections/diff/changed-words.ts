import { type Grain, piecesOf } from './pieces.ts';

/**
 * The words of several texts in a row, a number for each and {@link END} behind each text. Texts of fewer than
 * {@link FEWEST} words are left out.
 */
export type Words = {
  readonly texts: readonly string[];
  readonly ids: Int32Array;
  /** For each word the text it stands in, and its stretch `[from, to)` there. */
  readonly textAt: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** 1 where a text or a sentence begins; behind a text as well. */
  readonly begins: Uint8Array;
};

export const END = -1;
/** The fewest words that make a passage. */
export const FEWEST = 3;

/** A tag of HTML names nothing. */
const NAMING = /^(?!<).*[\p{L}\p{N}\p{M}]/su;

/** Numbers words; those that differ in capitals alone have one number, what is no word has {@link END}. */
export type Numbering = { readonly of: (piece: string) => number; readonly size: () => number };

export const numbering = (): Numbering => {
  const known = new Map<string, number>();
  const numbers = new Map<string, number>();
  const number = (word: string): number => {
    const found = numbers.get(word) ?? numbers.size;
    numbers.set(word, found);
    return found;
  };
  const of = (piece: string): number => {
    const seen = known.get(piece);
    if (seen !== undefined) return seen;
    const found = NAMING.test(piece) ? number(piece.toLowerCase()) : END;
    known.set(piece, found);
    return found;
  };
  return { of, size: () => numbers.size };
};

type Column = number[];
type Columns = { readonly [C in 'ids' | 'textAt' | 'from' | 'to' | 'begins']: Column };

/** Says of places asked about from left to right whether a piece has begun since the place before. */
const beginnings = (text: string, grain: Grain) => {
  const pieces = piecesOf(text, grain).values();
  let next = 0;
  return (at: number): boolean => {
    if (at < next) return false;
    while (next <= at) next += pieces.next().value?.length ?? Number.POSITIVE_INFINITY;
    return true;
  };
};

/** Adds the words of a text; those of a text that has too few for a passage are left out. */
const add = (
  columns: Columns,
  text: string,
  at: number,
  [grain, { of }]: readonly [Grain, Numbering],
) => {
  const pieces = piecesOf(text, 'WORDS');
  const ids = pieces.map(of);
  if (ids.filter((id) => id !== END).length < FEWEST) return;
  const begun = beginnings(text, grain);
  let [from, begins] = [0, false];
  const row = (id: number, to: number, first: boolean) => {
    columns.ids.push(id);
    columns.textAt.push(at);
    columns.from.push(from);
    columns.to.push(to);
    columns.begins.push(first ? 1 : 0);
  };
  for (const [index, piece] of pieces.entries()) {
    const id = ids[index] ?? END;
    begins = begun(from) || begins;
    if (id !== END) {
      row(id, from + piece.length, begins);
      begins = false;
    }
    from += piece.length;
  }
  row(END, from, true);
};

/** The words of texts, and where their sentences (or paragraphs) begin. Linear in the length. */
export const wordsOf = (texts: readonly string[], grain: Grain, number: Numbering): Words => {
  const columns: Columns = { ids: [], textAt: [], from: [], to: [], begins: [] };
  for (const [at, text] of texts.entries()) add(columns, text, at, [grain, number]);
  return {
    texts,
    ids: Int32Array.from(columns.ids),
    textAt: Int32Array.from(columns.textAt),
    from: Int32Array.from(columns.from),
    to: Int32Array.from(columns.to),
    begins: Uint8Array.from(columns.begins),
  };
};

const SPACE = /\s+/;

/** Where in its text to cut before word `at`: behind the line or the white space that ends what stands before it. */
export const cutBefore = ({ texts, textAt, from, to, ids }: Words, at: number): number => {
  const text = textAt[at] ?? 0;
  const end = from[at] ?? 0;
  if (ids[at] === END) return end;
  if (at === 0 || textAt[at - 1] !== text) return 0;
  const start = to[at - 1] ?? 0;
  const between = (texts[text] ?? '').slice(start, end);
  const line = between.lastIndexOf('\n');
  if (line >= 0) return start + line + 1;
  const space = SPACE.exec(between);
  return space === null ? end : start + space.index + space[0].length;
};
