import type { Dated } from '../fold/dates.ts';
import { pendingChange, shownDay } from '../fold/pending.ts';
import type { PendingChange } from '../state.ts';
import { Columns, type Sight } from './columns.ts';
import type { Amendment, Row } from './row.ts';

const inOrderOfStart = (a: Row, b: Row): number =>
  a.from - b.from || a.change.position - b.change.position;

const startsBefore = (row: Row, { start, change }: Dated): boolean =>
  row.from < start.earliest ||
  (row.from === start.earliest && row.change.position < change.position);

/** An amendment that starts on a day to come. */
const scheduled = ({ event, from }: Row): PendingChange => {
  const { changeId, instrumentId, termId } = (event as Amendment).data;
  const day = shownDay(from);
  const bounds = day === undefined ? {} : { earliest: day, latest: day };
  return {
    changeId,
    instrumentId,
    standing: 'SCHEDULED',
    terms: [termId],
    ...bounds,
    conditions: [],
  };
};

/** The amendments of all tracks by their starts. */
export class Ahead {
  readonly #columns: Columns;
  readonly #pending = new Map<number, PendingChange>();

  constructor(rows: readonly Row[]) {
    this.#columns = new Columns(rows.toSorted(inOrderOfStart));
  }

  /** Those in sight that start later, with others that do, in the order of what is pending. */
  with(others: readonly Dated[], sight: Sight): readonly PendingChange[] {
    const { rows } = this.#columns;
    const own = this.#columns.ahead(sight);
    const pending: PendingChange[] = [];
    let next = 0;
    const takeOwn = (before: Dated | undefined): void => {
      for (let row = rows[own[next] ?? -1]; row !== undefined; row = rows[own[++next] ?? -1]) {
        if (before !== undefined && !startsBefore(row, before)) return;
        pending.push(this.#pendingAt(own[next] ?? -1, row));
      }
    };
    for (const other of others) {
      takeOwn(other);
      pending.push(pendingChange(other, 'SCHEDULED', sight.day));
    }
    takeOwn(undefined);
    return pending;
  }

  /** Made once: it is the same at all points. */
  #pendingAt(at: number, row: Row): PendingChange {
    const known = this.#pending.get(at) ?? scheduled(row);
    this.#pending.set(at, known);
    return known;
  }
}
