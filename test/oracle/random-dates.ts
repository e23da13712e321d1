import { type Day, dayNumber, isoDay } from '#events/days.ts';

/** Turns the numbers of one random move into choices, always the same for the same numbers. */
export class Dice {
  readonly #numbers: readonly number[];
  #next = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A number from 0 up to, not including, `sides`. */
  roll(sides: number): number {
    const number = this.#numbers[this.#next++ % this.#numbers.length] ?? 0;
    return (number + this.#next) % sides;
  }

  /** True about once in `in` times. */
  rarely(times: number): boolean {
    return this.roll(times) === 1;
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from.length === 0 ? undefined : from[this.roll(from.length)];
  }

  /** One or two different ones. */
  some<T>(from: readonly T[]): T[] {
    const [a, b] = [this.pick(from), this.pick(from)];
    return a === undefined || b === undefined ? [] : this.rarely(2) ? [...new Set([a, b])] : [a];
  }
}

const FIRST = dayNumber(2025, 1, 1);
/** Days lie on a grid of ten days over a year, so that things often fall on one day. */
export const gridDay = (dice: Dice): Day => isoDay(FIRST + 10 * dice.roll(37));

const VAGUE = [
  '2025',
  '2025-03',
  '2025-05~',
  '2025-33',
  '2025-35',
  '2025-22',
  '[..2025-06-10]',
  '[2025-08-09..]',
  'unknown',
  '2025-07-10?',
  '[2025-02-10,2025-09-08]',
];

/** Mostly a day of the grid, now and then a date that is vague, open or unknown. */
export const anyDate = (dice: Dice): string =>
  dice.rarely(4) ? (dice.pick(VAGUE) ?? 'unknown') : gridDay(dice);

/** Now and then an instant, whose day depends on the zone. */
export const anyMoment = (dice: Dice): string =>
  dice.rarely(6) ? `${gridDay(dice)}T03:00:00Z` : anyDate(dice);

/** The fields with a value; the others left out. */
export const given = (fields: { readonly [name: string]: unknown }): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
