/** How a stretch of text looks; what that is on a screen is the screen's business. */
export type Look = 'title' | 'kind' | 'subject' | 'quiet' | 'gone' | 'come' | 'away' | 'here';

/** Gives a stretch of one line its look; the identity where there are no colours. */
export type Dress = (look: Look, text: string) => string;

/** A stretch of running text in one look; it may hold white space and line breaks. */
export type Styled = { readonly text: string; readonly look?: Look | undefined };

type Word = readonly Styled[];

const widthOf = (word: Word): number => word.reduce((sum, { text }) => sum + text.length, 0);

/** Line breaks, other white space, and what stands between. */
const PARTS = /\r\n?|\n|[^\S\r\n]+|\S+/gu;

const partsOf = (pieces: readonly Styled[]): readonly Styled[] =>
  pieces.flatMap(({ text, look }) =>
    (text.match(PARTS) ?? []).map((part) => ({ text: part, look })),
  );

/** Cuts running text into lines of words; a word holds no white space, and may change its look inside. */
const wordsOf = (pieces: readonly Styled[]): readonly (readonly Word[])[] => {
  const lines: Styled[][][] = [[[]]];
  for (const part of partsOf(pieces)) {
    if (/[\r\n]/.test(part.text)) lines.push([[]]);
    else if (/\s/u.test(part.text)) lines.at(-1)?.push([]);
    else lines.at(-1)?.at(-1)?.push(part);
  }
  return lines.map((words) => words.filter((word) => word.length > 0));
};

const broken = (words: readonly Word[], width: number): readonly (readonly Word[])[] => {
  const lines: Word[][] = [[]];
  let used = 0;
  for (const word of words) {
    const size = widthOf(word);
    if (used > 0 && used + 1 + size > width) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(word);
    used += (used > 0 ? 1 : 0) + size;
  }
  return lines;
};

/** Stretches of one look are dressed in one go, the spaces between their words included. */
const dressed = (words: readonly Word[], dress: Dress): string => {
  const runs: { text: string; look: Look | undefined }[] = [];
  const add = (text: string, look: Look | undefined): void => {
    const last = runs.at(-1);
    if (last !== undefined && last.look === look) last.text += text;
    else runs.push({ text, look });
  };
  words.forEach((word, i) => {
    const before = runs.at(-1)?.look;
    if (i > 0) add(' ', before === word[0]?.look ? before : undefined);
    for (const { text, look } of word) add(text, look);
  });
  return runs.map(({ text, look }) => (look === undefined ? text : dress(look, text))).join('');
};

/** Running text in lines of at most `width` characters, where words allow it; line breaks of the text stay. */
export const markedLines = (
  pieces: readonly Styled[],
  width: number,
  dress: Dress,
): readonly string[] =>
  wordsOf(pieces)
    .flatMap((words) => broken(words, width))
    .map((words) => dressed(words, dress));
