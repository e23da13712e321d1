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

/**
 * A word with its inner apostrophes (`party's`) and a number with its inner points and commas (`13,000.50`,
 * `4.2`) are one token, so that no hunk cuts through them. Scripts written without spaces between words
 * are cut into characters; a run of white space is one token; anything else is one visible character,
 * with the marks, modifiers and joiners that belong to it.
 */
const SPACELESS = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}`;
const WORD = String.raw`[[\p{L}\p{N}\p{M}]--[${SPACELESS}]]+`;
const INNER = String.raw`(?:['’](?=\p{L})|(?<=\p{Nd})[.,](?=\p{Nd}))`;
const VISIBLE = String.raw`.(?:[\p{M}\p{EMod}]|\u200D\S)*`;
const TOKEN = new RegExp(String.raw`${WORD}(?:${INNER}${WORD})*|\s+|\p{RI}{2}|${VISIBLE}`, 'gsv');

const cut = (text: string, ids: Map<string, number>): Tokens => {
  const starts: number[] = [];
  const found: number[] = [];
  let at = 0;
  for (const word of text.match(TOKEN) ?? []) {
    let id = ids.get(word);
    if (id === undefined) {
      id = ids.size;
      ids.set(word, id);
    }
    found.push(id);
    starts.push(at);
    at += word.length;
  }
  starts.push(at);
  return { text, ids: Int32Array.from(found), starts: Int32Array.from(starts) };
};

/** Cuts two texts; every character belongs to exactly one token. Linear in their length. */
export const tokenPair = (a: string, b: string): TokenPair => {
  const ids = new Map<string, number>();
  return { a: cut(a, ids), b: cut(b, ids), vocabulary: ids.size };
};

/** The text of the tokens `[from, to)`. */
export const textOf = (tokens: Tokens, from: number, to: number): string =>
  tokens.text.slice(tokens.starts[from] ?? 0, tokens.starts[to] ?? tokens.text.length);
