import type { DayNumber } from '#events/days.ts';

/**
 * What all days kept may weigh together, in changes: a day worked out costs some hundred bytes for each change in
 * view. So the answers of many agreements, or of a large one, can not fill the memory.
 */
const BUDGET = 150_000;
/** What a day weighs besides. */
const LEAST = 20;

type Entry = { readonly of: WeakRef<Droppable>; readonly day: DayNumber; readonly weight: number };
type Droppable = { drop(day: DayNumber): void };

/** Everything that is kept, the oldest first. It holds nothing alive. */
const entries = new Set<Entry>();
let total = 0;

/** The last one stays, however much it weighs: it is about to be read. */
const makeRoom = (): void => {
  for (const entry of entries) {
    if (total <= BUDGET || entries.size === 1) return;
    entries.delete(entry);
    total -= entry.weight;
    entry.of.deref()?.drop(entry.day);
  }
};

/** Days worked out of one state of knowledge; when there are too many, over all of them, the oldest go. */
export class Kept<T> {
  readonly #byDay = new Map<DayNumber, T>();
  readonly #self = new WeakRef<Droppable>(this);
  readonly #weight: number;

  /** @param changes how many a day is worked out from */
  constructor(changes: number) {
    this.#weight = changes + LEAST;
  }

  /** What is kept for the day, or what `make` gives, kept from now on. */
  get(day: DayNumber, make: () => T): T {
    const known = this.#byDay.get(day);
    if (known !== undefined) return known;
    const made = make();
    this.#byDay.set(day, made);
    entries.add({ of: this.#self, day, weight: this.#weight });
    total += this.#weight;
    makeRoom();
    return made;
  }

  drop(day: DayNumber): void {
    this.#byDay.delete(day);
  }
}
