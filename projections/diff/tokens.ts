import { type Grain, piecesOf } from './pieces.ts';
import type { Sequences } from './region.ts';

/** A text cut into tokens: token `i` spans `[starts[i], starts[i + 1])`, and equal texts have equal ids. */
export type Tokens = {
  readonly text: string;
  readonly ids: Int32Array;
  readonly starts: Int32Array;
};

/** Two texts over one vocabulary; ids run from 0 to `vocabulary - 1`. */
export type TokenPair = {
  readonly a: Tokens;
  readonly b: Tokens;
  readonly vocabulary: number;
};

const numbered = (text: string, pieces: readonly string[], ids: Map<string, number>): Tokens => {
  const found = new Int32Array(pieces.length);
  const starts = new Int32Array(pieces.length + 1);
  let start = 0;
  for (const [at, piece] of pieces.entries()) {
    let id = ids.get(piece);
    if (id === undefined) {
      id = ids.size;
      ids.set(piece, id);
    }
    found[at] = id;
    starts[at] = start;
    start += piece.length;
  }
  starts[pieces.length] = start;
  return { text, ids: found, starts };
};

/** Cuts two texts (see {@link piecesOf}); every character belongs to exactly one token. Linear in their length. */
export const tokenPair = (a: string, b: string, grain: Grain = 'WORDS'): TokenPair => {
  const ids = new Map<string, number>();
  const tokens = (text: string) => numbered(text, piecesOf(text, grain), ids);
  const [left, right] = [tokens(a), tokens(b)];
  return { a: left, b: right, vocabulary: ids.size };
};

/** The same without the texts. */
export const sequencesOf = ({ a, b, vocabulary }: TokenPair): Sequences => ({
  a: a.ids,
  b: b.ids,
  vocabulary,
});

/** The text of the tokens `[from, to)`. */
export const textOf = (tokens: Tokens, from: number, to: number): string =>
  tokens.text.slice(tokens.starts[from] ?? 0, tokens.starts[to] ?? tokens.text.length);
