import type { DayNumber } from '#events/days.ts';
import type { Dated } from '../fold/dates.ts';
import { pendingChange, shownDay } from '../fold/pending.ts';
import type { PendingChange } from '../state.ts';
import { Columns, type Sight } from './columns.ts';
import type { Amendment, Row } from './row.ts';

/** A change that is scheduled, and what its place among others follows from. */
type Entry = {
  readonly start: DayNumber;
  readonly position: number;
  readonly pending: PendingChange;
};

const byStart = (a: Entry, b: Entry): number => a.start - b.start || a.position - b.position;

const pendingFrom = ({ event, from }: Row): PendingChange => {
  const { changeId, instrumentId, termId } = (event as Amendment).data;
  const day = shownDay(from);
  return {
    changeId,
    instrumentId,
    standing: 'SCHEDULED',
    terms: [termId],
    ...(day !== undefined && { earliest: day, latest: day }),
    conditions: [],
  };
};

const entryOf = (row: Row): Entry => ({
  start: row.from,
  position: row.change.position,
  pending: pendingFrom(row),
});

const otherEntry = (dated: Dated, day: DayNumber): Entry => ({
  start: dated.start.earliest,
  position: dated.change.position,
  pending: pendingChange(dated, 'SCHEDULED', day),
});

/** The amendments of all tracks by their starts. */
export class Ahead {
  readonly #columns: Columns;
  readonly #entries: readonly Entry[];

  constructor(rows: readonly Row[]) {
    const sorted = rows.toSorted(
      (a, b) => a.from - b.from || a.change.position - b.change.position,
    );
    this.#columns = new Columns(sorted);
    this.#entries = sorted.map(entryOf);
  }

  /** Those in sight that start later, with others that do, in the order of what is pending. */
  with(others: readonly Dated[], sight: Sight): readonly PendingChange[] {
    const own = this.#columns.ahead(sight).flatMap((row) => this.#entries[row] ?? []);
    const all = [...own, ...others.map((dated) => otherEntry(dated, sight.day))];
    // Two lists in order, one behind the other: sorting them is joining them.
    return all.toSorted(byStart).map(({ pending }) => pending);
  }
}
