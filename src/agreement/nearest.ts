const MAX_CANDIDATES = 5_000;
/** The share of letters that may differ. */
const CLOSE = 0.4;

/** Edits (insert, delete, replace) that turn one text into the other: R. Wagner, M. Fischer (1974). */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

const plain = (text: string): string => text.toLowerCase().replace(/[-_. ]/g, '');

/**
 * The candidate that somebody probably meant: at most two letters in five differ, case and separators not
 * counted, or one contains the other. Looks at the first 5,000 candidates.
 */
export const nearest = (text: string, candidates: Iterable<string>): string | undefined => {
  const wanted = plain(text).slice(0, 200);
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  const all = Iterator.from(candidates).take(MAX_CANDIDATES).toArray();
  for (const candidate of all) {
    const other = plain(candidate).slice(0, 200);
    const most = Math.min(fewest, Math.max(other.length, wanted.length) * CLOSE);
    if (Math.abs(other.length - wanted.length) > most) continue;
    const edits = distance(wanted, other);
    if (edits <= most && edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best ?? containing(wanted, all);
};

const containing = (wanted: string, candidates: readonly string[]): string | undefined => {
  if (wanted.length < 3) return undefined;
  for (const candidate of candidates) {
    const other = plain(candidate);
    if (other.length >= 3 && (other.includes(wanted) || wanted.includes(other))) return candidate;
  }
  return undefined;
};

/** ` Did you mean x?`, or nothing. */
export const didYouMean = (text: string, candidates: Iterable<string>): string => {
  const found = nearest(text, candidates);
  return found === undefined || found === text ? '' : ` Did you mean ${found}?`;
};
