import { type DayNumber, FIRST_DAY, NEVER } from '#events/days.ts';
import type { ChangeId } from '#events/values.ts';
import type { Reading } from '../fold/known.ts';
import type { View } from '../scenes.ts';
import { countUpTo } from '../search.ts';
import { publicSince, type Row } from './row.ts';

/** Which rows show at a point. */
export type Sight = View & { readonly day: DayNumber };

/** Moments as numbers that fit a column: how many different ones lie before each. */
class Moments {
  readonly ranks: Int32Array;
  readonly #rising: Float64Array;

  constructor(moments: readonly number[]) {
    this.#rising = Float64Array.from(new Set(moments)).sort();
    this.ranks = Int32Array.from(moments, (moment) => this.rank(moment));
  }

  rank(moment: number): number {
    return countUpTo(this.#rising, moment);
  }
}

/** Those whose rank is at most the limit are public. */
type Public = {
  readonly reading: Reading;
  readonly ranks: Int32Array;
  readonly limit: number;
};

/** Below every day and place, and far enough from the end of an Int32 to be reckoned with. */
const LOWEST = FIRST_DAY / 2;

const inColumn = (rows: readonly Row[], numberOf: (row: Row) => number): Int32Array => {
  const column = new Int32Array(rows.length);
  let next = 0;
  for (const row of rows) column[next++] = Math.max(numberOf(row), LOWEST);
  return column;
};

/** Where something ends, as negative numbers; undefined where nothing does. */
const endsIn = (rows: readonly Row[], endOf: (row: Row) => number): Int32Array | undefined =>
  rows.some((row) => endOf(row) < NEVER) ? inColumn(rows, (row) => -endOf(row)) : undefined;

/** The rows of one point are gathered here. */
let gathered = new Int32Array(1_024);

/**
 * Gathers those of the first so many rows whose number is at most the limit; how many they are. Without a branch,
 * because which of them stay can not be foreseen: numbers and limits lie far enough from the ends of an Int32.
 */
const gatherUpTo = (column: Int32Array, limit: number, many: number): number => {
  if (gathered.length < many) gathered = new Int32Array(2 * many);
  const rows = gathered;
  let kept = 0;
  for (let row = 0; row < many; row++) {
    rows[kept] = row;
    kept += ((column[row] ?? 0) - limit - 1) >>> 31;
  }
  return kept;
};

/** The same with those gathered before. */
const keepUpTo = (column: Int32Array, limit: number, many: number): number => {
  const rows = gathered;
  let kept = 0;
  for (let i = 0; i < many; i++) {
    const row = rows[i] ?? 0;
    rows[kept] = row;
    kept += ((column[row] ?? 0) - limit - 1) >>> 31;
  }
  return kept;
};

/** Amendments in their order, in columns; each is named by its index. */
export class Columns {
  readonly rows: readonly Row[];
  readonly #ids: readonly ChangeId[];
  readonly #from: Int32Array;
  readonly #place: Int32Array;
  readonly #executedOn: Int32Array;
  /** Ends, and places from which something is not said any more, as negative numbers: what lies behind is less. */
  readonly #ends: Int32Array | undefined;
  readonly #gone: Int32Array | undefined;
  readonly #public = new Map<Reading['uncertain'], Moments>();
  #last: Public | undefined;

  /** @param rows in their order */
  constructor(rows: readonly Row[]) {
    this.rows = rows;
    this.#ids = rows.map(({ event }) => event.data.changeId);
    this.#from = inColumn(rows, ({ from }) => from);
    this.#place = inColumn(rows, ({ place }) => place);
    this.#executedOn = inColumn(rows, ({ executedOn }) => executedOn);
    this.#ends = endsIn(rows, ({ until }) => until);
    this.#gone = endsIn(rows, ({ till }) => till);
  }

  /** How many have started on a day: the first so many. */
  begun(day: DayNumber): number {
    return countUpTo(this.#from, day);
  }

  /** Whether one that has started shows. */
  shows(row: number, sight: Sight): boolean {
    if (!this.isInView(row, sight)) return false;
    return this.#ends === undefined || (this.#ends[row] ?? 0) < -sight.day;
  }

  /** Whether it is known, executed in time, and public where that is asked. */
  isInView(row: number, { seen, executedBy, reading }: Sight): boolean {
    if ((this.#place[row] ?? 0) >= seen || (this.#executedOn[row] ?? 0) > executedBy) return false;
    if (this.#gone !== undefined && (this.#gone[row] ?? 0) > -seen) return false;
    if (reading.knowledge === 'RECORDED') return true;
    const { ranks, limit } = this.#publicBy(reading);
    return (ranks[row] ?? 0) <= limit;
  }

  /** Those that have started and show, in their order. */
  shown(sight: Sight): readonly Row[] {
    const begun = this.begun(sight.day);
    return this.rows.filter((_, row) => row < begun && this.shows(row, sight));
  }

  /** The same of a lane. */
  shownIn(lane: Int32Array, sight: Sight): readonly Row[] {
    const begun = this.begun(sight.day);
    const shown: Row[] = [];
    for (const at of lane) {
      const row = at < begun && this.shows(at, sight) ? this.rows[at] : undefined;
      if (row !== undefined) shown.push(row);
    }
    return shown;
  }

  /** The indexes of those in view that start later. */
  ahead(sight: Sight): readonly number[] {
    const ahead: number[] = [];
    for (let row = this.begun(sight.day); row < this.rows.length; row++) {
      if (this.isInView(row, sight)) ahead.push(row);
    }
    return ahead;
  }

  /** The changes of those that show, of the first so many rows, behind others. */
  causes(others: readonly ChangeId[], begun: number, sight: Sight): readonly ChangeId[] {
    const many = this.#gather(begun, sight);
    const rows = gathered;
    const ids = this.#ids;
    const first = others.length;
    const causes = new Array<ChangeId>(first + many);
    for (let i = 0; i < first; i++) causes[i] = others[i] as ChangeId;
    for (let i = 0; i < many; i++) causes[first + i] = ids[rows[i] ?? 0] as ChangeId;
    return causes;
  }

  #gather(begun: number, { day, seen, executedBy, reading }: Sight): number {
    let many = gatherUpTo(this.#place, seen - 1, begun);
    if (executedBy < NEVER) many = keepUpTo(this.#executedOn, executedBy, many);
    if (this.#gone !== undefined) many = keepUpTo(this.#gone, -seen, many);
    if (this.#ends !== undefined) many = keepUpTo(this.#ends, -day - 1, many);
    if (reading.knowledge === 'RECORDED') return many;
    const { ranks, limit } = this.#publicBy(reading);
    return keepUpTo(ranks, limit, many);
  }

  /** What is public by then. All rows of a point are asked for one reading, so it is searched for once. */
  #publicBy(reading: Reading): Public {
    if (this.#last?.reading !== reading) {
      const moments = this.#moments(reading);
      this.#last = { reading, ranks: moments.ranks, limit: moments.rank(reading.until) };
    }
    return this.#last;
  }

  #moments(reading: Reading): Moments {
    const known = this.#public.get(reading.uncertain);
    if (known !== undefined) return known;
    const moments = new Moments(this.rows.map((row) => publicSince(row, reading)));
    this.#public.set(reading.uncertain, moments);
    return moments;
  }
}
