import type { DayNumber } from '#events/days.ts';

/** How many days of one state of knowledge are kept. */
const DAYS = 1_024;

/** What was worked out for days; when it is full the oldest goes. */
export class Kept<T> {
  readonly #byDay = new Map<DayNumber, T>();

  /** What is kept for the day, or what `make` gives, kept from now on. */
  get(day: DayNumber, make: () => T): T {
    const known = this.#byDay.get(day);
    if (known !== undefined) return known;
    const made = make();
    const [oldest] = this.#byDay.keys();
    if (this.#byDay.size >= DAYS && oldest !== undefined) this.#byDay.delete(oldest);
    this.#byDay.set(day, made);
    return made;
  }
}
