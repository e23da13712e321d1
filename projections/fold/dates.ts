import { type DayNumber, NEVER } from '#events/days.ts';
import { type Bounds, bounds } from '#events/edtf.ts';
import { beginning, daysOf, ending, NOT_AT_ALL, notBefore, overlap, pinned } from './bounds.ts';
import type { Change } from './change.ts';
import { type Resolution, resolutionsOf, type Waits, waiting } from './conditions.ts';
import { executionDay } from './execution.ts';
import type { Knowledge } from './knowledge.ts';
import type { Reading, Uncertain } from './known.ts';
import { counts } from './loops.ts';

/** A change with its days worked out at one state of knowledge. */
export type Dated = {
  readonly change: Change;
  /** Bounds of the start before EARLIEST or LATEST takes one of them. */
  readonly range: Bounds;
  /** Bounds of the start and the end; an absent end lies at NEVER. */
  readonly start: Bounds;
  readonly end: Bounds;
  /** In force on D when `from ≤ D < until`, its fate aside. */
  readonly from: DayNumber;
  readonly until: DayNumber;
  /** The earliest day of execution; unknown: the earlier of announcement and start. */
  readonly executedOn: DayNumber;
  /** The same of its own papers, which differ for a rectification. */
  readonly ownExecutedOn: DayNumber;
  /** Present when the start waits for conditions. */
  readonly waits?: Waits;
  /** What a rectification rectifies. */
  readonly target?: Dated;
};

type Plain = {
  readonly zone: string;
  readonly uncertain: Uncertain;
  readonly bases: readonly Dated[];
  readonly dated: Dated;
};
const plain = new WeakMap<Change, Plain>();

/** Works out the days of all changes of one state of knowledge (model §6.3). */
export class Calendar {
  readonly #knowledge: Knowledge;
  readonly #executedBy: DayNumber;
  readonly #dated = new Map<Change, Dated>();
  readonly #bringers: ReadonlyMap<string, readonly Change[]>;
  readonly #byId: ReadonlyMap<string, Change>;
  readonly #resolutions: ReadonlyMap<string, Resolution>;

  /** @param executedBy changes executed later are left out; NEVER keeps all. */
  constructor(knowledge: Knowledge, executedBy: DayNumber) {
    this.#knowledge = knowledge;
    this.#executedBy = executedBy;
    const all = [...knowledge.retracted, ...knowledge.changes];
    this.#byId = new Map(all.map((change) => [change.changeId, change]));
    this.#bringers = bringersOf(knowledge);
    this.#resolutions = resolutionsOf(knowledge, executedBy);
  }

  /** The changes in view: known and executed in time, in log order. */
  inView(): readonly Dated[] {
    return this.#knowledge.changes
      .map((change) => this.dated(change))
      .filter((dated) => dated.ownExecutedOn <= this.#executedBy);
  }

  /** The changes that bring a term in, in log order, those retracted behind all others. */
  bringers(termId: string): readonly Change[] {
    return this.#bringers.get(termId) ?? [];
  }

  dated(change: Change): Dated {
    const known = this.#dated.get(change) ?? this.#date(change);
    this.#dated.set(change, known);
    return known;
  }

  #date(change: Change): Dated {
    const bases = this.#leansOn(change)
      .filter((to) => this.#counts(change, to))
      .map((base) => this.dated(base));
    const [first] = bases;
    if (first !== undefined && this.#target(change) !== undefined) {
      const ownExecutedOn = executionDay(change, first.range, this.#knowledge.zone);
      return { ...first, change, target: first, ownExecutedOn };
    }
    const { from } = change;
    if (typeof from === 'string') return this.#plain(change, from, bases);
    const { uncertain } = this.#knowledge.reading;
    const { start, waits } = waiting(change, from, this.#resolutions, uncertain);
    return { ...this.#within(change, cutAt(start, bases)), waits };
  }

  /** Days that follow from the change and from what it leans on alone are the same wherever those are. */
  #plain(change: Change, from: string, bases: readonly Dated[]): Dated {
    const { zone, reading } = this.#knowledge;
    const made = plain.get(change);
    const isSame =
      made?.zone === zone &&
      made.uncertain === reading.uncertain &&
      made.bases.length === bases.length &&
      bases.every((base, place) => base === made.bases[place]);
    if (isSame) return made.dated;
    const dated = this.#within(change, cutAt(daysOf(from, zone), bases));
    plain.set(change, { zone, uncertain: reading.uncertain, bases, dated });
    return dated;
  }

  #within(change: Change, start: Bounds): Dated {
    const { zone, reading } = this.#knowledge;
    return datedFrom(change, start, { zone, uncertain: reading.uncertain });
  }

  /** What a change takes its dates from: its target, or what brought its terms in. */
  #leansOn(change: Change): readonly Change[] {
    const target = this.#target(change);
    if (target !== undefined) return [target];
    return change.acts.flatMap((termId) => this.#bringer(termId, change) ?? []);
  }

  #target(change: Change): Change | undefined {
    if (change.type !== 'TermRectified') return undefined;
    const { target, termId } = change.data;
    return target === undefined ? this.#bringer(termId, change) : this.#byId.get(target);
  }

  /** The change recorded first that brought a term in; a retracted one when all others are. */
  #bringer(termId: string, other: Change): Change | undefined {
    return this.bringers(termId).find((bringer) => bringer !== other);
  }

  #counts(from: Change, to: Change): boolean {
    return counts(
      { from, to },
      (at) => this.#leansOn(at),
      ({ position }) => position,
    );
  }
}

/** A change with its days, from the bounds of its start on. */
export const datedFrom = (
  change: Change,
  start: Bounds,
  { zone, uncertain }: Pick<Reading, 'zone' | 'uncertain'>,
): Dated => {
  const end = change.until === undefined ? NOT_AT_ALL : notBefore(bounds(change.until), start);
  const executedOn = executionDay(change, start, zone);
  return {
    change,
    range: start,
    start: pinned(start, uncertain),
    end: pinned(end, uncertain),
    from: beginning(start, uncertain),
    until: ending(end, uncertain),
    executedOn,
    ownExecutedOn: executedOn,
  };
};

/** No change starts before the change that brought its term in, where their ranges overlap. */
const cutAt = (stated: Bounds, origins: readonly Dated[]): Bounds =>
  origins
    .filter(({ range }) => range.earliest < NEVER && overlap(stated, range))
    .reduce((cut, { range }) => notBefore(cut, range), stated);

/** The changes that bring each term in: in log order, the retracted behind all others. */
const bringersOf = (knowledge: Knowledge): ReadonlyMap<string, readonly Change[]> => {
  const bringers = new Map<string, Change[]>();
  for (const change of [...knowledge.changes, ...knowledge.retracted]) {
    for (const termId of change.brings) {
      const others = bringers.get(termId);
      if (others === undefined) bringers.set(termId, [change]);
      else others.push(change);
    }
  }
  return bringers;
};
