import type { Path } from './rejections.ts';

/** One field in which what is given differs from what is recorded; absent: not there on that side. */
export type Difference = {
  /** Whose field, as a natural key: `change:first-amendment/amendTerm:price`. */
  readonly of: string;
  /** The field inside the payload: `values.prose`, `facts.price.money.amount`; empty: the whole. */
  readonly field: string;
  readonly recorded?: unknown;
  readonly given?: unknown;
  /** Where the given value stands in the command; of a missing value: where it would stand. */
  readonly path: Path;
};

type Fields = { readonly [name: string]: unknown };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sorted = (_key: string, value: unknown): unknown =>
  isFields(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** JSON with its keys in order: equal texts for equal values, whatever the order they were written in. */
export const canonical = (value: unknown): string => JSON.stringify(value, sorted) ?? '';

/** True when both stand for the same JSON. */
export const same = (one: unknown, other: unknown): boolean =>
  one === other || canonical(one) === canonical(other);

type Side = { readonly recorded: unknown; readonly given: unknown };

const children = ({ recorded, given }: Side): readonly (string | number)[] | undefined => {
  if (isFields(recorded) && isFields(given)) {
    return [...new Set([...Object.keys(recorded), ...Object.keys(given)])];
  }
  if (Array.isArray(recorded) && Array.isArray(given) && recorded.length === given.length) {
    return recorded.map((_, index) => index);
  }
  return undefined;
};

const part = (value: unknown, key: string | number): unknown =>
  Array.isArray(value) ? value[Number(key)] : isFields(value) ? value[String(key)] : undefined;

const named = (field: string, key: string | number): string => {
  if (typeof key === 'number') return `${field}[${key}]`;
  return field === '' ? key : `${field}.${key}`;
};

type Place = { readonly of: string; readonly field: string; readonly path: Path };

/** The smallest fields in which the two differ; lists of different length differ as a whole. */
export const differences = (sides: Side, place: Place): readonly Difference[] => {
  if (same(sides.recorded, sides.given)) return [];
  const keys = children(sides);
  if (keys === undefined) {
    const { recorded, given } = sides;
    return [
      {
        ...place,
        ...(recorded === undefined ? {} : { recorded }),
        ...(given === undefined ? {} : { given }),
      },
    ];
  }
  return keys.flatMap((key) =>
    differences(
      { recorded: part(sides.recorded, key), given: part(sides.given, key) },
      { of: place.of, field: named(place.field, key), path: [...place.path, key] },
    ),
  );
};

const SHOWN = 3;

const short = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? JSON.stringify(value) : canonical(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
};

/** One difference in words. */
export const inWords = ({ of, field, recorded, given }: Difference): string =>
  `${[of, field].filter((text) => text !== '').join(' ')}: recorded ${short(recorded)}, given ${short(given)}`;

/** The first differences in words, and how many more there are. */
export const summary = (all: readonly Difference[]): string => {
  const more = all.length > SHOWN ? [`and ${all.length - SHOWN} more`] : [];
  return [...all.slice(0, SHOWN).map(inWords), ...more].join('; ');
};
