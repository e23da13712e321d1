import type { WordHunk } from '#projections/diff/words.ts';

/** Hunks in one line: `[-gone-]`, `{+come+}`, and `⇄1` where they are one moved passage. */
export const redline = (hunks: readonly WordHunk[]): string =>
  hunks
    .map(({ op, text, move }) => {
      if (op === 'EQUAL') return text;
      const told = move === undefined ? text : `⇄${move} ${text}`;
      return op === 'DELETE' ? `[-${told}-]` : `{+${told}+}`;
    })
    .join('');
