import { type DayNumber, FIRST_DAY, NEVER, parseDay } from '#events/days.ts';
import { type Bounds, bounds } from '#events/edtf.ts';
import type { DataOf } from '#events/event.ts';
import type { ChangeId } from '#events/values.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { best, collapsed, dateOf, endDay, laterOf, type Mode, startDay } from './bounds.ts';
import { actsOn, brings, type Change, type Dated } from './change.ts';
import { type Known, saidOf } from './known.ts';
import { counting } from './loops.ts';

type Paper = DataOf<'InstrumentRecorded'>;
type Times = Pick<Dated, 'conditional' | 'lapsesOn' | 'conditions'> & {
  readonly start?: Bounds;
  readonly end?: Bounds;
};

/** All dates of all known changes, each worked out afresh whenever it is asked for. */
export class Calendar {
  readonly #known: Known;
  readonly #zone: string;
  readonly #at: Coordinates;
  readonly mode: Mode;
  readonly #papers: readonly Paper[];

  constructor(known: Known, zone: string, at: Coordinates) {
    this.#known = known;
    this.#zone = zone;
    this.#at = at;
    this.mode = at.uncertain ?? 'REPORT';
    this.#papers = saidOf(known.all, 'InstrumentRecorded').map(({ data }) => data);
  }

  paper(change: Change): Paper | undefined {
    return this.#papers.find(({ instrumentId }) => instrumentId === change.instrumentId);
  }

  /** The change recorded first that brought the term in; a retracted one when every one was. */
  bringer(termId: string, other: ChangeId): Change | undefined {
    const all = this.#known.changes.filter(
      ({ id, body }) => id !== other && brings(body).some((brought) => brought === termId),
    );
    return all.find(({ away }) => !away) ?? all[0];
  }

  #change(id: ChangeId): Change | undefined {
    return this.#known.changes.find((change) => change.id === id);
  }

  readonly #positionOf = (id: ChangeId): number => this.#change(id)?.position ?? 0;

  #aimsAt(change: Change): Change | undefined {
    if (change.body.type !== 'TermRectified') return undefined;
    const { target, termId } = change.body.data;
    return target === undefined ? this.bringer(termId, change.id) : this.#change(target);
  }

  #leansOn(change: Change): readonly Change[] {
    if (change.body.type === 'TermRectified') {
      const target = this.#aimsAt(change);
      if (target !== undefined) return [target];
    }
    return actsOn(change.body).flatMap((termId) => this.bringer(termId, change.id) ?? []);
  }

  #arrowsMemo: readonly { from: ChangeId; to: ChangeId }[] | undefined;
  #arrows(): readonly { from: ChangeId; to: ChangeId }[] {
    this.#arrowsMemo ??= counting(
      this.#known.changes.flatMap((change) =>
        this.#leansOn(change).map((to) => ({ from: change.id, to: to.id })),
      ),
      this.#positionOf,
    );
    return this.#arrowsMemo;
  }

  #counts(from: Change, to: Change): boolean {
    return this.#arrows().some((arrow) => arrow.from === from.id && arrow.to === to.id);
  }

  target(change: Change): Change | undefined {
    const target = this.#aimsAt(change);
    return target !== undefined && this.#counts(change, target) ? target : undefined;
  }

  executedAt(change: Change): Bounds | undefined {
    const text = change.body.data.executedAt ?? this.paper(change)?.executedAt;
    return text === undefined || text === 'unknown' ? undefined : bounds(text);
  }

  announcedAt(change: Change): Bounds | undefined {
    const text = change.body.data.announcedAt ?? this.paper(change)?.announcedAt;
    return text === undefined || text === 'unknown' ? undefined : dateOf(text, this.#zone);
  }

  #implied(change: Change): Bounds {
    return this.executedAt(change) ?? this.announcedAt(change) ?? bounds('unknown');
  }

  #stated(change: Change) {
    const stated = change.body.data.effectiveFrom ?? this.paper(change)?.effectiveFrom;
    const isDate = change.body.type === 'ConditionResolved' && typeof stated === 'object';
    return isDate ? undefined : stated;
  }

  /** The resolutions of a condition that count. */
  #resolution(conditionId: string) {
    for (const change of this.#known.changes) {
      const { type, data } = change.body;
      if (type !== 'ConditionResolved' || data.conditionId !== conditionId || change.away) continue;
      const by = this.#at.executedBy;
      const start = this.times(change).start ?? bounds('unknown');
      if (by !== undefined && this.#executed(change, start) > parseDay(by)) continue;
      return { outcome: data.outcome, start };
    }
    return undefined;
  }

  #conditional(
    change: Change,
    stated: Exclude<ReturnType<Calendar['stated']>, string | undefined>,
  ): Times {
    const all = stated.onConditions.map(({ conditionId: id }) => ({
      id,
      got: this.#resolution(id),
    }));
    const dayOfStart = (date: Bounds | undefined) => (date ? startDay(date, this.mode) : NEVER);
    const failed = all.filter(({ got }) => got?.outcome === 'FAILED');
    const met = all.map(({ id, got }) => ({
      id,
      start: got?.outcome === 'FAILED' ? undefined : got?.start,
    }));
    const days = met.map(({ id, start }) => ({ id, day: dayOfStart(start) }));
    const stop = stated.longStop === undefined ? NEVER : this.#longStop(stated.longStop);
    const late = stop < NEVER && days.some(({ day }) => day > stop);
    const lapsesOn = Math.min(
      late ? stop + 1 : NEVER,
      ...failed.map(({ got }) => dayOfStart(got?.start)),
    );
    const times = { conditional: true, lapsesOn, conditions: days };
    const starts = met.flatMap(({ start }) => start ?? []);
    if (late || starts.length < all.length) return times;
    const executed = this.executedAt(change)?.earliest ?? FIRST_DAY;
    const notBefore = stated.notBefore === undefined ? [] : [bounds(stated.notBefore)];
    const first = { earliest: executed, latest: executed };
    return { ...times, start: [...starts, ...notBefore].reduce(laterOf, first) };
  }

  #longStop(text: string): DayNumber {
    const { earliest, latest } = bounds(text);
    return this.mode === 'EARLIEST' ? earliest : latest;
  }

  stated(change: Change) {
    return this.#stated(change);
  }

  /** Neither bound lies before the same bound of what brought its term in, where the two overlap. */
  #cut(change: Change, start: Bounds): Bounds {
    let cut = start;
    for (const termId of actsOn(change.body)) {
      const bringer = this.bringer(termId, change.id);
      if (bringer === undefined || !this.#counts(change, bringer)) continue;
      const its = this.times(bringer).start;
      if (its === undefined) continue;
      const overlap = start.earliest <= its.latest && its.earliest <= start.latest;
      if (overlap) cut = laterOf(cut, its);
    }
    return cut;
  }

  #ownTimes(change: Change): Times {
    const stated = this.#stated(change);
    if (typeof stated === 'object') return this.#conditional(change, stated);
    const start = stated === undefined ? this.#implied(change) : bounds(stated);
    return { conditional: false, lapsesOn: NEVER, conditions: [], start };
  }

  readonly #memo = new Map<ChangeId, Times>();

  times(change: Change): Times {
    const hit = this.#memo.get(change.id);
    if (hit !== undefined) return hit;
    const times = this.#compute(change);
    this.#memo.set(change.id, times);
    return times;
  }

  #compute(change: Change): Times {
    const target = this.target(change);
    if (target !== undefined) return this.times(target);
    const own = this.#ownTimes(change);
    const start = own.start && this.#cut(change, own.start);
    const until = change.body.data.effectiveUntil;
    const end = until === undefined ? undefined : bounds(until);
    return {
      ...own,
      ...(start && { start }),
      ...(end && start && { end: laterOf(end, start) }),
    };
  }

  /** An unknown `executedAt` counts as the earlier of `announcedAt` and the start. */
  #executed(change: Change, start: Bounds | undefined): DayNumber {
    const executed = this.executedAt(change);
    if (executed !== undefined) return executed.earliest;
    if (start === undefined) return FIRST_DAY;
    return Math.min(this.announcedAt(change)?.earliest ?? NEVER, start.earliest);
  }

  #orderExecuted(change: Change): DayNumber {
    const target = this.target(change);
    return target === undefined
      ? this.#executed(change, this.times(change).start)
      : this.#orderExecuted(target);
  }

  dated(change: Change): Dated {
    const { start, end, ...times } = this.times(change);
    const target = this.target(change);
    const paper = this.paper(change);
    const { evidence, sources } = change.body.data;
    return {
      ...change,
      ...times,
      ...(start && { start: collapsed(start, this.mode) }),
      ...(end && { end: collapsed(end, this.mode) }),
      day: start === undefined ? NEVER : startDay(start, this.mode),
      endDay: end === undefined ? NEVER : endDay(end, this.mode),
      executed: this.#orderExecuted(change),
      ownExecuted: this.#executed(change, start),
      grade: evidence ?? best(sources ?? paper?.sources),
      instrumentGrade: best(paper?.sources),
      ofDocument: paper?.sourceOrder !== undefined,
      ...(target && { target: target.id }),
    };
  }
}
