import { type EdtfNode, parse } from 'edtf';
import { z } from 'zod';
import { type DayNumber, dayNumber, FIRST_DAY, isoDay, NEVER, parseDay } from './days.ts';

/**
 * The days a date may stand for, both inclusive. {@link FIRST_DAY} and {@link NEVER} mark an open side;
 * the unknown date is open on both.
 */
export type Bounds = { readonly earliest: DayNumber; readonly latest: DayNumber };

const UNKNOWN: Bounds = { earliest: FIRST_DAY, latest: NEVER };

/** A stretch of months `[first, first + months)` counted from year 0, or of days when `days` is set. */
type Stretch = { readonly first: DayNumber; readonly next: (steps: number) => DayNumber };

/** Thrown for text that is no date of the supported profile; the message names the remedy. */
export class NotADate extends Error {
  override readonly name = 'NotADate';
}

const monthStart = (months: number): DayNumber =>
  dayNumber(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 1);

const monthsFrom = (first: number, length: number): Stretch => ({
  first: monthStart(first),
  next: (steps) => monthStart(first + steps * length),
});

const daysFrom = (first: DayNumber): Stretch => ({ first, next: (steps) => first + steps });

/** First month (from 0) and length in months of the sub-year groupings of ISO 8601-2 §4.8. */
const seasonMonths = (code: number): readonly [number, number] => {
  // Seasons without a hemisphere: northern by convention, winter running into the next year.
  if (code >= 21 && code <= 24) return [2 + (code - 21) * 3, 3];
  if (code >= 33 && code <= 36) return [(code - 33) * 3, 3];
  if (code >= 37 && code <= 39) return [(code - 37) * 4, 4];
  if (code >= 40 && code <= 41) return [(code - 40) * 6, 6];
  throw new NotADate('seasons are 21–24, quarters 33–36, four-month periods 37–39, halves 40–41');
};

const numbers = (node: EdtfNode): readonly number[] =>
  node.values.filter((value) => typeof value === 'number');

const inRange = (node: EdtfNode): boolean => {
  const year = numbers(node)[0] ?? 0;
  return year >= 1 && year <= 9998;
};

const season = (node: EdtfNode): Stretch => {
  const [year = 0, code = 0] = numbers(node);
  const [first, length] = seasonMonths(code);
  return monthsFrom(year * 12 + first, length);
};

/** Bit masks of the `edtf` package: Y = 0x0f, M = 0x30, D = 0xc0. */
const dateStretch = (node: EdtfNode): Stretch => {
  const [year = 0, month, date] = numbers(node);
  const x = node.unspecified ?? 0;
  if (x !== 0) return unspecified(year, x, node);
  if (month === undefined) return monthsFrom(year * 12, 12);
  if (date === undefined) return monthsFrom(year * 12 + month, 1);
  return daysFrom(dayNumber(year, month + 1, date));
};

/** `201X`, `20XX`, `2011-XX`, `2011-03-XX`: a wholly unspecified tail widens the date to its container. */
const unspecified = (year: number, mask: number, node: EdtfNode): Stretch => {
  const [, month] = numbers(node);
  if (mask === 0x08 && month === undefined) return monthsFrom(year * 12, 120);
  if (mask === 0x0c && month === undefined) return monthsFrom(year * 12, 1200);
  if (mask === 0x30 || mask === 0xf0) return monthsFrom(year * 12, 12);
  if (mask === 0xc0 && month !== undefined) return monthsFrom(year * 12 + month, 1);
  throw new NotADate('X may only stand for a whole tail, as in 201X, 2011-XX or 2011-03-XX');
};

const widened = (node: EdtfNode): number => (node.approximate || node.uncertain ? 1 : 0);

const single = (node: EdtfNode): Bounds => {
  if ((node.type !== 'Date' && node.type !== 'Season') || !inRange(node)) {
    throw new NotADate('years run from 0001 to 9998');
  }
  if (numbers(node).length > 3) throw new NotADate('expected a day, not a time of day');
  const stretch = node.type === 'Season' ? season(node) : dateStretch(node);
  const by = widened(node);
  return {
    earliest: by === 0 ? stretch.first : stretch.next(-1),
    latest: stretch.next(1 + by) - 1,
  };
};

const isNode = (value: EdtfNode['values'][number]): value is EdtfNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hull = (parts: readonly Bounds[]): Bounds => ({
  earliest: Math.min(...parts.map((part) => part.earliest)),
  latest: Math.max(...parts.map((part) => part.latest)),
});

/** An interval's open (`..`) or unknown (empty) side is `null` or `Infinity` in the parsed tree. */
const interval = (node: EdtfNode): Bounds => {
  const [from, until] = node.values;
  const start = from !== undefined && isNode(from) ? single(from).earliest : FIRST_DAY;
  const end = until !== undefined && isNode(until) ? single(until).latest : NEVER;
  return { earliest: start, latest: end };
};

const members = (node: EdtfNode): Bounds => {
  const parts = node.values.flatMap((value) => (Array.isArray(value) ? value : [value]));
  const whole = hull(parts.filter(isNode).map(single));
  return {
    earliest: node.earlier === true ? FIRST_DAY : whole.earliest,
    latest: node.later === true ? NEVER : whole.latest,
  };
};

const ofNode = (node: EdtfNode): Bounds => {
  if (node.type === 'Interval') return interval(node);
  if (node.type === 'Set' || node.type === 'List') return members(node);
  return single(node);
};

const QUALIFIED_SEASON = /^(\d{4}-(?:2[1-4]|3[3-9]|4[01]))[~?%]$/;

/** What is wrong with a full date that has the right form. */
const impossibleDay = (text: string): string | undefined => {
  const [, year, month] = /^(\d{4})-(\d{2})-\d{2}[~?%]?$/.exec(text) ?? [];
  if (month === undefined) return undefined;
  if (Number(month) < 1 || Number(month) > 12) return `there is no month ${month}, so no ${text}`;
  const days =
    monthStart(Number(year) * 12 + Number(month)) -
    monthStart(Number(year) * 12 + Number(month) - 1);
  return `${year}-${month} has ${days} days, so there is no ${text}`;
};

const parsed = (text: string): EdtfNode => {
  try {
    // The package reads no qualifier behind a season or quarter.
    const season = QUALIFIED_SEASON.exec(text)?.[1];
    return season === undefined ? parse(text) : { ...parse(season), approximate: true };
  } catch {
    throw new NotADate(
      impossibleDay(text) ??
        `expected an EDTF date such as 2025-01-21, 2025-01, 2024, 2025-33 (a quarter), 2025-03~ (about), "[..2026-04-27]" (by then) or unknown, not ${JSON.stringify(text.slice(0, 40))}`,
    );
  }
};

const FULL_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A full date that exists stands for itself; the grammar of the package takes twenty times as long to say so. */
const fullDate = (text: string): Bounds | undefined => {
  if (!FULL_DATE.test(text) || text < '0001' || text >= '9999') return undefined;
  const day = parseDay(text);
  return isoDay(day) === text ? { earliest: day, latest: day } : undefined;
};

const compute = (text: string): Bounds => {
  if (text === 'unknown') return UNKNOWN;
  const day = fullDate(text);
  if (day !== undefined) return day;
  const bounds = ofNode(parsed(text));
  if (bounds.earliest > bounds.latest) throw new NotADate('the later side comes first');
  return bounds;
};

const known = new Map<string, Bounds>();
const KEEP = 100_000;

/**
 * The bounds of an EDTF date (ISO 8601-2, package `edtf`), or of `unknown`. `~`, `?` and `%` widen both
 * sides by one unit of the stated precision; an open side is never widened.
 * @throws {NotADate} when the text is outside the supported profile.
 */
export const bounds = (text: string): Bounds => {
  const hit = known.get(text);
  if (hit !== undefined) return hit;
  const computed = compute(text);
  if (known.size >= KEEP) known.clear();
  known.set(text, computed);
  return computed;
};

/** True for a date that names exactly one day. */
export const isExact = (date: Bounds): boolean => date.earliest === date.latest;

const MAX_LENGTH = 60;

/** An EDTF date of day precision or coarser, or `unknown`; stored as the source wrote it. */
export const edtf = z
  .string()
  .max(MAX_LENGTH)
  .superRefine((text, context) => {
    try {
      bounds(text);
    } catch (trouble) {
      const message = trouble instanceof Error ? trouble.message : String(trouble);
      context.addIssue({ code: 'custom', message });
    }
  })
  .brand<'Edtf'>();
export type Edtf = z.infer<typeof edtf>;
