import { TEXTS } from '../fold/terms.ts';
import { type Row, valuesIn } from './row.ts';

/** Some rows of some columns, by their indexes in order. */
export type Lane = Int32Array;

export const NONE = [] as const;

const textsIn = (row: Row): readonly string[] => {
  const values = valuesIn(row);
  return TEXTS.filter((name) => name in values);
};

const factsIn = (row: Row): readonly string[] => {
  const { facts } = valuesIn(row);
  return facts === undefined ? NONE : Object.keys(facts);
};

/** Which rows have which keys. */
export const lanesBy = <Key>(
  rows: readonly Row[],
  keysOf: (row: Row) => readonly Key[],
): ReadonlyMap<Key, Lane> => {
  const lanes = new Map<Key, number[]>();
  let index = 0;
  for (const row of rows) {
    for (const key of keysOf(row)) {
      const lane = lanes.get(key);
      if (lane === undefined) lanes.set(key, [index]);
      else lane.push(index);
    }
    index++;
  }
  return new Map([...lanes].map(([key, lane]) => [key, Int32Array.from(lane)]));
};

/** The rows that set each field of a term. */
export const lanesByField = (rows: readonly Row[]): readonly Lane[] => [
  ...lanesBy(rows, textsIn).values(),
  ...lanesBy(rows, factsIn).values(),
];
