import type { Recorded } from '#events/event.ts';
import type { EpochMs } from '#events/instants.ts';
import { publicFrom, type Reading } from './fold/known.ts';
import { countUpTo } from './search.ts';

type Announced = {
  readonly announcedAt?: string;
  readonly reportedAt?: string;
  readonly on?: string;
  readonly sources?: readonly { readonly published?: string }[];
  /** What a correction says its target should have said. */
  readonly data?: Announced;
};

/** Every date from which something in a payload may count as public (model §6.1). */
const datesIn = ({ announcedAt, reportedAt, on, sources = [], data }: Announced): string[] => [
  ...[announcedAt, reportedAt, on, ...sources.map(({ published }) => published)].filter(
    (date) => date !== undefined,
  ),
  ...(data === undefined ? [] : datesIn(data)),
];

type Moments = { readonly rising: readonly EpochMs[]; readonly taken: number };

/** The moments at which something becomes public: between two of them all is known that was before. */
export class Announcements {
  readonly #events: readonly Recorded[];
  readonly #moments = new Map<Reading['uncertain'], Moments>();

  /** @param events may grow behind its back */
  constructor(events: readonly Recorded[]) {
    this.#events = events;
  }

  /** The last moment up to the one that is read to. */
  last(reading: Reading): EpochMs {
    const { rising } = this.#upToDate(reading);
    return rising[countUpTo(rising, reading.until) - 1] ?? Number.NEGATIVE_INFINITY;
  }

  /** All of them up to the one that is read to, in order; those that lie before all days left out. */
  until(reading: Reading): readonly EpochMs[] {
    const { rising } = this.#upToDate(reading);
    return rising.slice(0, countUpTo(rising, reading.until)).filter(Number.isFinite);
  }

  #upToDate(reading: Reading): Moments {
    const { zone, uncertain } = reading;
    const before = this.#moments.get(uncertain) ?? { rising: [], taken: 0 };
    const taken = this.#events.length;
    if (before.taken === taken) return before;
    const dates = this.#events
      .slice(before.taken)
      .flatMap(({ data }) => datesIn(data as Announced));
    const gained = [...new Set(dates)].map((date) => publicFrom(date, zone, uncertain));
    const rising = [...new Set([...before.rising, ...gained])].toSorted((a, b) => a - b);
    const now = { rising, taken };
    this.#moments.set(uncertain, now);
    return now;
  }
}
