const LONGEST = 300;

const MARKUP = /!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])|<[^>]{0,300}>|\*\*|__|`+/g;
const EMPHASIS = /(^|[^\p{L}\p{N}])[*_]|[*_](?=[^\p{L}\p{N}]|$)/gu;
const ESCAPE = /\\(?=[!-/:-@[-`{-~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they have no place in a heading
const BETWEEN = /[\s\u0000-\u001F\u007F\u2028\u2029\uFEFF]+/g;

/** Cut to what a heading may hold, never through a character. */
const cut = (text: string): string => {
  if (text.length <= LONGEST) return text;
  const head = text.slice(0, LONGEST - 1).trimEnd();
  return `${head.isWellFormed() ? head : head.slice(0, -1)}…`;
};

/** One line of text as it reads without its Markdown or HTML; may be empty. */
export const plain = (text: string): string =>
  cut(
    text
      .replace(MARKUP, '$1')
      .replace(EMPHASIS, '$1')
      .replace(ESCAPE, '')
      .replace(BETWEEN, ' ')
      .trim(),
  );
