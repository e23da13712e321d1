const MOST = 2_000;

/** Any text as one line that an event can hold: no control characters, at most 2,000 characters; undefined if empty. */
export const oneLine = (text: string): string | undefined => {
  const plain = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  if (plain.length <= MOST) return plain === '' ? undefined : plain;
  return `${plain
    .slice(0, MOST - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
};
