import { type DataOf, isChange, isRecordOperation, type Recorded } from '#events/event.ts';
import type { EpochMs } from '#events/instants.ts';
import { countUpTo } from '../search.ts';
import { type Change, changeOf, type InstrumentData } from './change.ts';
import { instrumentsOf, type KnownInstrument } from './instruments.ts';
import type { KnownEvent, Reading } from './known.ts';
import { type LeftOut, PastLives, type Sight } from './past-lives.ts';
import { publicSince } from './publicity.ts';

/** All events that are no changes, and those of them that are papers. */
type Others = {
  readonly others: readonly KnownEvent[];
  readonly instruments: ReadonlyMap<string, KnownInstrument>;
};

/** What is known where nothing is said anew: every change that is public, and the rest. */
export type PlainlyKnown = Others & { readonly changes: readonly Change[] };

/** Things of some events, each with the index of its own. */
class Placed<T> {
  readonly places: number[] = [];
  readonly all: T[] = [];

  add(place: number, one: T): void {
    this.places.push(place);
    this.all.push(one);
  }

  /** How many lie before a place. */
  before(place: number): number {
    return countUpTo(this.places, place - 1);
  }
}

/** What is left out is worth the search where it is that many changes, and that share of all. */
export const LEAST = 200;
const LEAST_SHARE = 1 / 2;

/**
 * The beginning of a history of which nothing is said anew: it holds no record operations, and every paper once, before
 * its changes. There a change is the same at all states of knowledge, and only has to be public.
 */
export class PlainRecord {
  readonly #events: readonly Recorded[];
  readonly #instruments = new Map<string, InstrumentData>();
  readonly #changes = new Placed<Change>();
  readonly #others = new Placed<KnownEvent>();
  readonly #since = new Map<string, EpochMs[]>();
  #past: PastLives | undefined;
  #last: Others | undefined;
  /** The first resolution of a conflict: one may make a change of long ago win. */
  #settledFrom = Number.POSITIVE_INFINITY;
  #taken = 0;
  #isOver = false;

  /** @param events in log order; they may grow behind its back */
  constructor(events: readonly Recorded[]) {
    this.#events = events;
  }

  /**
   * What is known of the first so many events; undefined where something of them is said anew.
   *
   * @param without which are left out
   */
  of(seen: number, reading: Reading, without?: LeftOut): PlainlyKnown | undefined {
    this.#catchUp(seen);
    if (this.#taken < seen) return undefined;
    const { places } = this.#changes;
    const isLeftOut = (index: number) => without !== undefined && without[places[index] ?? 0] === 1;
    return {
      changes: this.#public(this.#changes.before(seen), reading, isLeftOut),
      ...this.#othersOf(this.#others.before(seen)),
    };
  }

  /** Most points see all papers that there are: what is known of those is then the same. */
  #othersOf(many: number): Others {
    if (this.#last?.others.length === many) return this.#last;
    const others = this.#others.all.slice(0, many);
    this.#last = { others, instruments: instrumentsOf(others) };
    return this.#last;
  }

  /** The changes that bear on nothing any more; undefined where those are few, or that can't be told. */
  behind(sight: Sight): LeftOut | undefined {
    this.#catchUp(sight.seen);
    const { all, places } = this.#changes;
    const least = Math.max(LEAST, this.#changes.before(sight.seen) * LEAST_SHARE);
    if (this.#taken < sight.seen || this.#settledFrom < sight.seen || all.length < least) {
      return undefined;
    }
    const { zone } = sight.reading;
    if (this.#past?.zone !== zone) this.#past = new PastLives(zone);
    for (let index = this.#past.taken; index < all.length; index++) {
      this.#past.take(all[index] as Change, places[index] ?? 0);
    }
    return this.#past.behind(sight, least);
  }

  #public(
    many: number,
    reading: Reading,
    isLeftOut: (index: number) => boolean,
  ): readonly Change[] {
    const first = this.#changes.all.slice(0, many);
    if (reading.knowledge === 'RECORDED') return first.filter((_, index) => !isLeftOut(index));
    const since = this.#sinceOf(reading);
    return first.filter((_, index) => (since[index] ?? 0) <= reading.until && !isLeftOut(index));
  }

  #sinceOf(reading: Reading): readonly EpochMs[] {
    const key = `${reading.uncertain} ${reading.zone}`;
    const since = this.#since.get(key) ?? [];
    this.#since.set(key, since);
    for (const change of this.#changes.all.slice(since.length)) {
      since.push(publicSince(change, reading));
    }
    return since;
  }

  #catchUp(seen: number): void {
    while (this.#taken < seen && !this.#isOver) {
      const event = this.#events[this.#taken];
      if (event === undefined) return;
      if (this.#take(event)) this.#taken += 1;
      else this.#isOver = true;
    }
  }

  /** False where it says something anew. */
  #take(event: Recorded): boolean {
    if (isRecordOperation(event)) return false;
    const known = { event, data: event.data };
    if (isChange(event)) return this.#takeChange(known, event.data.instrumentId);
    if (event.type === 'InstrumentRecorded' && !this.#takePaper(event.data)) return false;
    if (event.type === 'ConflictResolved') {
      this.#settledFrom = Math.min(this.#settledFrom, this.#taken);
    }
    this.#others.add(this.#taken, known);
    return true;
  }

  #takePaper(data: DataOf<'InstrumentRecorded'>): boolean {
    if (this.#instruments.has(data.instrumentId)) return false;
    this.#instruments.set(data.instrumentId, data);
    return true;
  }

  #takeChange(known: KnownEvent, instrumentId: string): boolean {
    const instrument = this.#instruments.get(instrumentId);
    if (instrument === undefined) return false;
    this.#changes.add(this.#taken, changeOf(known, instrument, false));
    return true;
  }
}
