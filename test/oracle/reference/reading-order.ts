import type { TermId } from '#events/values.ts';
import type { Row } from './table.ts';

type Place = { readonly anchor: TermId; readonly behind: boolean };

/** Behind `after`, else in the place of the first term it replaced; terms that are gone keep theirs. */
const placeOf = (row: Row, every: ReadonlyMap<TermId, Row>): Place | undefined => {
  if (row.after !== undefined && every.has(row.after)) return { anchor: row.after, behind: true };
  return row.replaced === undefined ? undefined : { anchor: row.replaced, behind: false };
};

/** A term whose places lead back to it has none. */
const loops = (row: Row, every: ReadonlyMap<TermId, Row>): boolean => {
  const seen = new Set<TermId>();
  let at: Row | undefined = row;
  while (at !== undefined) {
    const next: TermId | undefined = placeOf(at, every)?.anchor;
    if (next === undefined || seen.has(next)) break;
    seen.add(next);
    at = every.get(next);
  }
  return seen.has(row.termId);
};

const byStart = (a: Row, b: Row): number =>
  a.bringer.day - b.bringer.day || a.bringer.position - b.bringer.position || a.index - b.index;

/** Model §6.11, as a walk over all terms that ever came: first what stands in a place, then what is behind it. */
export const readingOrder = (rows: readonly Row[], every: ReadonlyMap<TermId, Row>): Row[] => {
  const all = [...every.values()].toSorted(byStart);
  const place = (row: Row) => (loops(row, every) ? undefined : placeOf(row, every));
  const at = (anchor: TermId, behind: boolean): Row[] =>
    all.filter((row) => place(row)?.anchor === anchor && place(row)?.behind === behind);
  const walk = (row: Row): Row[] => [
    row,
    ...[...at(row.termId, false), ...at(row.termId, true)].flatMap(walk),
  ];
  const order = all.filter((row) => place(row) === undefined).flatMap(walk);
  return order.flatMap(({ termId }) => rows.filter((row) => row.termId === termId));
};
