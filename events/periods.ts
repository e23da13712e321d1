import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type DayNumber, dayNumber, isoDay } from './days.ts';

const FORM = /^P(?=\d)(?:\d{1,3}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,5}D)?$/;
const MOST_DAYS = 3_660;
/** Days by which a period can be longer than when it is counted from the first of a year. */
const SLACK = 3;

/** Subscribers use few, and the same ones again and again. */
const spans = new Map<string, number>();
const KEEP = 1_000;

/** The most days that a period can span. */
export const longestSpan = (of: string): number => {
  const known = spans.get(of);
  if (known !== undefined) return known;
  const relativeTo = '2000-01-01';
  const span = Math.ceil(Temporal.Duration.from(of).total({ unit: 'day', relativeTo })) + SLACK;
  if (spans.size >= KEEP) spans.clear();
  spans.set(of, span);
  return span;
};

/** An ISO 8601 duration of whole days, weeks, months or years, at most ten years: `P30D`, `P3M`. */
export const period = z
  .string()
  .refine((text) => FORM.test(text) && longestSpan(text) <= MOST_DAYS + SLACK, {
    error:
      'expected an ISO 8601 duration of whole days, weeks, months or years, at most ten years: P30D, P3M',
  });

/** The day that lies a period before another, by the calendar: a month before 31 March is the last of February. */
export const dayBefore = (day: DayNumber, by: string): DayNumber => {
  const before = Temporal.PlainDate.from(isoDay(day)).subtract(by);
  return dayNumber(before.year, before.month, before.day);
};
