/** A stretch of two token sequences: `[aFrom, aTo)` against `[bFrom, bTo)`. */
export type Region = {
  readonly aFrom: number;
  readonly aTo: number;
  readonly bFrom: number;
  readonly bTo: number;
};

/** Two token sequences over one vocabulary. */
export type Sequences = {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly vocabulary: number;
  /** How many tokens beside one that stands once have to agree before it is held to be the same; 0 if not given. */
  readonly context?: number;
};

/** What may still be spent before an unaligned stretch is called deleted and inserted. */
export type Budget = { left: number };

/** The region without what both sides begin and end with. */
export const trimmed = ({ a, b }: Sequences, region: Region): Region => {
  let { aFrom, aTo, bFrom, bTo } = region;
  while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) {
    aFrom++;
    bFrom++;
  }
  while (aFrom < aTo && bFrom < bTo && a[aTo - 1] === b[bTo - 1]) {
    aTo--;
    bTo--;
  }
  return { aFrom, aTo, bFrom, bTo };
};
