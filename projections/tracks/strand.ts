import type { DataOf, EventOf, Recorded } from '#events/event.ts';
import type { Term } from '#events/terms.ts';
import { knownEvent, revisionOf } from '../fold/known.ts';
import type { Revision } from '../state.ts';
import { type Amendment, type Paper, type Row, rowOf } from './row.ts';

export type Operation = Recorded<EventOf<'RecordCorrected' | 'RecordRetracted'>>;

/** Where a term came from. */
export type Origin = {
  readonly bringer: Row;
  readonly others: readonly Row[];
  readonly mayEnd: boolean;
};

/** What the record says of an amendment from one place on. */
export type Revised = {
  /** As it is said there. */
  readonly row: Row;
  readonly place: number;
  /** Absent where everything is as it was first. */
  readonly revision?: Revision;
};

const TEXTS = ['kind', 'heading', 'number', 'prose'] as const;

/** Whether values only set facts, and texts that the term has: its fields then keep their order. */
const onlySets = (values: DataOf<'TermAmended'>['values'], term: Term): boolean => {
  if ('after' in values) return false;
  for (const name of TEXTS) {
    if (name in values && (values[name] === null || term[name] === undefined)) return false;
  }
  return values.facts === undefined || Object.keys(values.facts).length > 0;
};

/** Whether an operation is about the event itself, or takes one back that is. */
const isDirect = (
  { type, data }: Operation,
  target: string,
  others: readonly Operation[],
): boolean =>
  data.target === target ||
  (type === 'RecordRetracted' && others.some(({ id }) => id === data.target));

const hasSameIds = ({ data: a }: Amendment, { data: b }: Amendment): boolean =>
  a.changeId === b.changeId && a.termId === b.termId && a.instrumentId === b.instrumentId;

/**
 * A term that one change brought in and others only amended or ended: its amendments, as the record says them.
 */
export class Strand {
  readonly term: Term;
  readonly bringer: Row;
  /** The bringer, and those of the terms that it acts on: no change starts before what it acts on. */
  readonly origins: readonly Row[];
  /** Whether something ends it, at whatever coordinates. */
  mayEnd: boolean;
  readonly rows: Row[] = [];
  readonly revised: Revised[] = [];
  /** The indexes of its events in the history. */
  readonly places: number[] = [];
  readonly #operations = new Map<string, readonly Operation[]>();

  constructor(term: Term, { bringer, others, mayEnd }: Origin) {
    this.term = term;
    this.bringer = bringer;
    this.origins = [bringer, ...others];
    this.mayEnd = mayEnd;
  }

  /** Takes an amendment in; undefined where it does more than amend the term, or its days are not exact. */
  amend(event: Amendment, paper: Paper, place: number): Row | undefined {
    const row = this.#rowOf(event, paper, place);
    if (row === undefined) return undefined;
    this.rows.push(row);
    this.places.push(place);
    return row;
  }

  /** Takes in what is recorded of one of its amendments; false where it can not hold what that comes to. */
  operate(event: Amendment, operation: Operation, place: number): boolean {
    const before = this.#operations.get(event.id) ?? [];
    const last = this.rows.findLast((row) => row.event.id === event.id);
    if (last === undefined || !isDirect(operation, event.id, before)) return false;
    // What counts from an announcement on is another thing to the public than to the record.
    if ('announcedAt' in operation.data) return false;
    const operations = [...before, operation];
    const known = knownEvent(event, operations);
    const said = { ...event, data: known.data } as Amendment;
    if (!hasSameIds(said, event)) return false;
    const row = this.#rowOf(said, last.paper, place);
    if (row === undefined) return false;
    last.till = Math.min(last.till, place);
    if (known.retractedBy === undefined) this.rows.push(row);
    this.#operations.set(event.id, operations);
    const [revision] = revisionOf(known, undefined);
    this.revised.push({ row, place, ...(revision && { revision }) });
    this.places.push(place);
    return true;
  }

  /** On the day of its bringer an amendment waits for that (model §6.5), unless that waits itself for another. */
  #standsBehind({ from }: Row): boolean {
    return this.origins.length > 1 ? from > this.bringer.from : from >= this.bringer.from;
  }

  #rowOf(event: Amendment, paper: Paper, place: number): Row | undefined {
    const { displaces, values } = event.data;
    if (displaces !== undefined || !onlySets(values, this.term)) return undefined;
    const row = rowOf(event, paper, place);
    return row !== undefined && this.#standsBehind(row) ? row : undefined;
  }
}
