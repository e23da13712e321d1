/** One line of the report: ours and its anchor, both in operations a second of this very run. */
export type Measured = {
  readonly what: string;
  readonly anchor: string;
  readonly ours: number;
  readonly anchors: number;
};

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

type Side = {
  readonly operations: number;
  /** Makes what a round needs, and gives the part that is timed. */
  readonly prepare: () => () => Promise<void> | void;
};

const rateOf = async ({ operations, prepare }: Side): Promise<number> => {
  const run = prepare();
  const start = performance.now();
  await run();
  return (operations * 1_000) / (performance.now() - start);
};

/** Runs both sides in turns, so that a busy machine slows both, and keeps each one's median rate. */
export const against = async (
  [what, ours]: readonly [string, Side],
  [anchor, other]: readonly [string, Side],
  rounds: number,
): Promise<Measured> => {
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    rates[1].push(await rateOf(other));
    rates[0].push(await rateOf(ours));
  }
  return { what, anchor, ours: median(rates[0]), anchors: median(rates[1]) };
};

const rate = (perSecond: number): string => {
  if (perSecond >= 1_000_000) return `${(perSecond / 1_000_000).toFixed(1)} M/s`;
  return perSecond >= 10_000
    ? `${(perSecond / 1_000).toFixed(0)} k/s`
    : `${perSecond.toFixed(0)} /s`;
};

export const lineOf = ({ what, anchor, ours, anchors }: Measured): string =>
  `${(ours / anchors).toFixed(2).padStart(8)} ×  ${what} (${rate(ours)}) against ${anchor} (${rate(anchors)})`;
