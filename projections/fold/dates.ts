import type { ConditionalStart } from '#events/change.ts';
import { type DayNumber, FIRST_DAY, NEVER } from '#events/days.ts';
import { type Bounds, bounds } from '#events/edtf.ts';
import { dayOf, epochMs, isInstant } from '#events/instants.ts';
import type { Change } from './change.ts';
import type { Knowledge } from './knowledge.ts';
import type { Uncertain } from './known.ts';

/** A change with its days worked out at one state of knowledge. */
export type Dated = {
  readonly change: Change;
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
  /** Present while the start waits for conditions. */
  readonly waits?: {
    readonly lapses: DayNumber;
    readonly conditions: readonly { readonly conditionId: string; readonly met: DayNumber }[];
  };
  /** What a rectification rectifies. */
  readonly target?: Dated;
};

const UNKNOWN: Bounds = { earliest: FIRST_DAY, latest: NEVER };
const NO_END: Bounds = { earliest: NEVER, latest: NEVER };

const pinned = (date: Bounds, uncertain: Uncertain): Bounds => {
  if (uncertain === 'REPORT') return date;
  const day = uncertain === 'EARLIEST' ? date.earliest : date.latest;
  return { earliest: day, latest: day };
};

const notBefore = (date: Bounds, floor: Bounds): Bounds => ({
  earliest: Math.max(date.earliest, floor.earliest),
  latest: Math.max(date.latest, floor.latest),
});

const overlap = (a: Bounds, b: Bounds): boolean => a.earliest <= b.latest && b.earliest <= a.latest;

type Resolution = {
  readonly outcome: 'SATISFIED' | 'WAIVED' | 'FAILED';
  readonly day: Bounds;
};

/** Works out the days of all changes of one state of knowledge (model §6.3). */
export class Calendar {
  readonly #knowledge: Knowledge;
  readonly #executedBy: DayNumber;
  readonly #dated = new Map<Change, Dated | 'being worked out'>();
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
    this.#resolutions = this.#resolved();
  }

  /** The changes in view: known and executed in time, in log order. */
  inView(): readonly Dated[] {
    return this.#knowledge.changes
      .map((change) => this.dated(change))
      .filter((dated) => dated !== undefined)
      .filter((dated) => dated.ownExecutedOn <= this.#executedBy);
  }

  /** Bringers of a term that count: those retracted only when there is no other. */
  bringers(termId: string): readonly Change[] {
    return this.#bringers.get(termId) ?? [];
  }

  /** Undefined while it is itself being worked out: a loop of dates cuts nothing. */
  dated(change: Change): Dated | undefined {
    const known = this.#dated.get(change);
    if (known === 'being worked out') return undefined;
    if (known !== undefined) return known;
    this.#dated.set(change, 'being worked out');
    const dated = this.#date(change);
    this.#dated.set(change, dated);
    return dated;
  }

  #date(change: Change): Dated {
    const target = this.#target(change);
    if (target !== undefined) return this.#rectification(change, target);
    const waiting =
      typeof change.from === 'object' ? this.#conditions(change, change.from) : undefined;
    const stated = waiting?.start ?? this.#day(change.from as string);
    return this.#withEnd(change, this.#cut(change, stated), waiting?.waits);
  }

  #withEnd(change: Change, start: Bounds, waits: Dated['waits']): Dated {
    const { uncertain } = this.#knowledge.reading;
    const end = change.until === undefined ? NO_END : notBefore(bounds(change.until), start);
    const from = uncertain === 'EARLIEST' ? start.earliest : start.latest;
    const until = uncertain === 'LATEST' ? end.latest : end.earliest;
    const executedOn = this.#executedOn(change, start);
    return {
      change,
      start: pinned(start, uncertain),
      end: pinned(end, uncertain),
      from,
      until,
      executedOn,
      ownExecutedOn: executedOn,
      ...(waits && { waits }),
    };
  }

  #rectification(change: Change, target: Dated): Dated {
    return { ...target, change, target, ownExecutedOn: this.#executedOn(change, target.start) };
  }

  #target(change: Change): Dated | undefined {
    if (change.type !== 'TermRectified') return undefined;
    const { target, termId } = change.data;
    const named = target === undefined ? this.bringers(termId)[0] : this.#byId.get(target);
    return named === undefined || named === change ? undefined : this.dated(named);
  }

  /** Of all dates the earliest day; a start that is nowhere near tells nothing against it. */
  #executedOn(change: Change, start: Bounds): DayNumber {
    if (change.executed !== undefined) return bounds(change.executed).earliest;
    const from = start.earliest >= NEVER ? FIRST_DAY : start.earliest;
    return change.announced === undefined
      ? from
      : Math.min(this.#day(change.announced).earliest, from);
  }

  /** No change starts before the change that brought its term in, where their ranges overlap. */
  #cut(change: Change, stated: Bounds): Bounds {
    return change.acts.reduce((start, termId) => {
      const origin = this.#origin(change, termId);
      return origin !== undefined && overlap(start, origin) ? notBefore(start, origin) : start;
    }, stated);
  }

  /** The start of the earliest change that brings the term in. */
  #origin(change: Change, termId: string): Bounds | undefined {
    const starts = this.bringers(termId)
      .filter((bringer) => bringer !== change)
      .map((bringer) => this.dated(bringer))
      .filter((dated) => dated !== undefined)
      .filter((dated) => dated.ownExecutedOn <= this.#executedBy)
      .map((dated) => dated.start);
    if (starts.length === 0) return undefined;
    return starts.reduce((a, b) => (b.latest < a.latest ? b : a));
  }

  #day(date: string): Bounds {
    if (!isInstant(date)) return bounds(date);
    const day = dayOf(epochMs(date), this.#knowledge.zone);
    return { earliest: day, latest: day };
  }

  /** The first resolution of each condition counts. */
  #resolved(): ReadonlyMap<string, Resolution> {
    const resolutions = new Map<string, Resolution>();
    for (const change of this.#knowledge.changes) {
      if (change.type !== 'ConditionResolved') continue;
      const { conditionId, outcome } = change.data;
      const day = typeof change.from === 'string' ? this.#day(change.from) : UNKNOWN;
      const executedOn = this.#executedOn(change, day);
      if (resolutions.has(conditionId) || executedOn > this.#executedBy) continue;
      resolutions.set(conditionId, { outcome, day });
    }
    return resolutions;
  }

  #first(day: Bounds): DayNumber {
    return this.#knowledge.reading.uncertain === 'EARLIEST' ? day.earliest : day.latest;
  }

  #conditions(change: Change, from: ConditionalStart) {
    const stop = this.#longStop(from);
    const conditions = from.onConditions.map(({ conditionId }) => {
      const resolution = this.#resolutions.get(conditionId);
      const met = this.#met(resolution, stop);
      return { conditionId, met, resolution };
    });
    const waits = { lapses: this.#lapses(conditions, stop), conditions };
    if (conditions.some(({ met }) => met >= NEVER)) return { start: NO_END, waits };
    const days = conditions.map(({ resolution }) => resolution?.day ?? NO_END);
    return { start: [...this.#floors(change, from), ...days].reduce(notBefore), waits };
  }

  #longStop(from: ConditionalStart): DayNumber {
    if (from.longStop === undefined) return NEVER;
    const stop = bounds(from.longStop);
    return this.#knowledge.reading.uncertain === 'LATEST' ? stop.latest : stop.earliest;
  }

  #met(resolution: Resolution | undefined, stop: DayNumber): DayNumber {
    if (resolution === undefined || resolution.outcome === 'FAILED') return NEVER;
    const day = this.#first(resolution.day);
    return day <= stop ? day : NEVER;
  }

  #lapses(
    conditions: readonly { readonly met: DayNumber; readonly resolution: Resolution | undefined }[],
    stop: DayNumber,
  ): DayNumber {
    const failures = conditions
      .filter(({ resolution }) => resolution?.outcome === 'FAILED')
      .map(({ resolution }) => this.#first(resolution?.day ?? NO_END));
    const missed = conditions.some(({ met }) => met >= NEVER) && stop < NEVER ? [stop + 1] : [];
    return Math.min(NEVER, ...failures, ...missed);
  }

  #floors(change: Change, from: ConditionalStart): readonly Bounds[] {
    const floors = from.notBefore === undefined ? [] : [bounds(from.notBefore)];
    if (change.executed === undefined) return floors;
    const day = bounds(change.executed).earliest;
    return [...floors, { earliest: day, latest: day }];
  }
}

/** Changes that bring each term in, in log order; retracted ones only where nothing else does. */
const bringersOf = (knowledge: Knowledge): ReadonlyMap<string, readonly Change[]> => {
  const bringers = new Map<string, Change[]>();
  const add = (change: Change, termId: string) => {
    const others = bringers.get(termId);
    if (others === undefined) bringers.set(termId, [change]);
    else others.push(change);
  };
  for (const change of knowledge.changes) for (const termId of change.brings) add(change, termId);
  const brought = new Set(bringers.keys());
  for (const change of knowledge.retracted) {
    for (const termId of change.brings) if (!brought.has(termId)) add(change, termId);
  }
  return bringers;
};
