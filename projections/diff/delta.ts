import { Big } from 'big.js';
import { canonicalDecimal, type Fact } from '#events/facts.ts';
import { daysBetween } from './dates.ts';

/** New minus old, in the fact's own form; of dates, whole days. */
export type Delta =
  | { readonly money: { readonly amount: string; readonly currency: string } }
  | { readonly percent: string }
  | { readonly quantity: { readonly value: string; readonly unit: string } }
  | { readonly days: number }
  | { readonly duration: string };

/** The exact difference of two decimal texts, without trailing zeros. */
const minus = (after: string, before: string): string =>
  canonicalDecimal(new Big(after).minus(before).toFixed());

const DURATION =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Months and seconds: no number of days is a month. */
const parts = (duration: string): readonly [Big, Big] | undefined => {
  const found = DURATION.exec(duration);
  if (found === null) return undefined;
  const [years, months, weeks, days, hours, minutes, seconds] = found
    .slice(1)
    .map((digits) => new Big(digits ?? 0));
  const sum = (of: readonly (readonly [Big | undefined, number])[]) =>
    of.reduce((all, [count, size]) => all.plus((count ?? new Big(0)).times(size)), new Big(0));
  return [
    sum([
      [years, 12],
      [months, 1],
    ]),
    sum([
      [weeks, 604_800],
      [days, 86_400],
      [hours, 3_600],
      [minutes, 60],
      [seconds, 1],
    ]),
  ];
};

const written = (months: Big, seconds: Big): string => {
  const [sign, size] = months.plus(seconds).lt(0) ? ['-', -1] : ['', 1];
  const count = (of: Big, unit: number) => of.times(size).div(unit).toFixed();
  if (!months.eq(0))
    return `${sign}P${months.mod(12).eq(0) ? `${count(months, 12)}Y` : `${count(months, 1)}M`}`;
  return `${sign}P${seconds.mod(86_400).eq(0) ? `${count(seconds, 86_400)}D` : `T${count(seconds, 1)}S`}`;
};

/** The difference of two ISO 8601 durations, comparable when it lies in months alone or in days and hours alone. */
const durationBetween = (before: string, after: string): string | undefined => {
  const [old, now] = [parts(before), parts(after)];
  if (old === undefined || now === undefined) return undefined;
  const [months, seconds] = [now[0].minus(old[0]), now[1].minus(old[1])];
  if (!months.eq(0) && !seconds.eq(0)) return undefined;
  return written(months, seconds);
};

const moneyDelta = (old: Fact, now: Fact): Delta | undefined => {
  if (!('money' in old) || !('money' in now)) return undefined;
  const { currency } = now.money;
  if (old.money.currency !== currency) return undefined;
  return { money: { amount: minus(now.money.amount, old.money.amount), currency } };
};

const quantityDelta = (old: Fact, now: Fact): Delta | undefined => {
  if (!('quantity' in old) || !('quantity' in now)) return undefined;
  const { unit } = now.quantity;
  if (old.quantity.unit !== unit) return undefined;
  return { quantity: { value: minus(now.quantity.value, old.quantity.value), unit } };
};

const percentDelta = (old: Fact, now: Fact): Delta | undefined => {
  if (!('percent' in old) || !('percent' in now)) return undefined;
  return { percent: minus(now.percent, old.percent) };
};

const dateDelta = (old: Fact, now: Fact): Delta | undefined => {
  if (!('date' in old) || !('date' in now)) return undefined;
  const days = daysBetween(old.date, now.date);
  return days === undefined ? undefined : { days };
};

const durationDelta = (old: Fact, now: Fact): Delta | undefined => {
  if (!('duration' in old) || !('duration' in now)) return undefined;
  const duration = durationBetween(old.duration, now.duration);
  return duration === undefined ? undefined : { duration };
};

/**
 * New minus old: sums of one currency, percentage points, quantities of one unit, dates that moved as a
 * whole, durations that differ in months or in days alone; undefined for everything else.
 */
export const deltaOf = (old: Fact, now: Fact): Delta | undefined =>
  moneyDelta(old, now) ??
  percentDelta(old, now) ??
  quantityDelta(old, now) ??
  dateDelta(old, now) ??
  durationDelta(old, now);
