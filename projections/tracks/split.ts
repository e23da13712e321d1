import { NEVER } from '#events/days.ts';
import {
  type ChangeEvent,
  type DataOf,
  type EventType,
  isChange,
  isRecordOperation,
  type Recorded,
} from '#events/event.ts';
import type { Term } from '#events/terms.ts';
import { lifted } from '#events/upcast.ts';
import { actsOn, termParts } from '../fold/change.ts';
import { innermost, type Payload, referencesOf } from '../references.ts';
import { type Home, type Paper, paperOf, type Row, rowOf } from './row.ts';
import { type Operation, type Origin, Strand } from './strand.ts';
import { type Named, Ties } from './ties.ts';

/** Events in log order, and their indexes in the history. */
type Frame = { readonly events: Recorded[]; readonly places: number[] };

/** What may act on a term and leave what its amendments make of it alone: while it is there, nothing ended it. */
const ENDS = new Set<EventType>(['TermRemoved', 'TermsReplaced', 'AgreementRestated']);

/** A term that comes from more rows than that is tied up. */
const MOST_ORIGINS = 64;

/**
 * Divides a history, as it grows, into strands and a frame. A strand holds the amendments of a term that else
 * is only brought in and ended, each on exact days: they bear on what the term says, and on nothing besides. The
 * frame is all the rest. A term is tied up as soon as an event says more of it; from then on its amendments belong to the frame.
 */
export class Split {
  readonly #events: readonly Recorded[];
  readonly #strands = new Map<string, Strand>();
  readonly #tied = new Set<string>();
  /** Terms that something ends, at whatever coordinates. */
  readonly #ending = new Set<string>();
  /** By the id of a term those with strands that come from it. */
  readonly #comeFrom = new Map<string, string[]>();
  readonly #papers = new Map<string, Paper>();
  readonly #ties = new Ties();
  #home: Home | undefined;
  /** Events by id; of record operations, the event that they are about in the end. */
  readonly #roots = new Map<string, Recorded>();
  #identified = 0;
  #taken = 0;
  #frame: Frame = { events: [], places: [] };
  #isStale = false;

  /** @param events grows behind its back; `catchUp` takes in what is new */
  constructor(events: readonly Recorded[]) {
    this.#events = events;
  }

  /** By the id of the term. */
  get strands(): ReadonlyMap<string, Strand> {
    return this.#strands;
  }

  /** In log order; another list than before when more came to it than new events. */
  get frame(): Frame {
    return this.#frame;
  }

  catchUp(): this {
    for (; this.#taken < this.#events.length; this.#taken++) {
      const event = this.#events[this.#taken];
      if (event === undefined || this.#holds(event, this.#taken)) continue;
      this.#frame.events.push(event);
      this.#frame.places.push(this.#taken);
      this.#take(event, this.#taken);
    }
    if (this.#isStale) this.#gather();
    return this;
  }

  /** Takes an amendment, or what is recorded of one, into its strand, where it may. */
  #holds(event: Recorded, place: number): boolean {
    if (isRecordOperation(event)) {
      const root = this.#rootOf(event);
      if (root?.type !== 'TermAmended') return false;
      return this.#strands.get(root.data.termId)?.operate(root, event, place) === true;
    }
    if (event.type !== 'TermAmended') return false;
    const { termId, instrumentId } = event.data;
    const paper = this.#papers.get(instrumentId);
    const row = paper && this.#strands.get(termId)?.amend(event, paper, place);
    if (row === undefined) return false;
    this.#ties.lean(row, termId);
    // Tied up with what it leans on, it is given back to the frame.
    if (this.#ties.isTouched(row)) this.#tie(termId);
    return true;
  }

  #take(event: Recorded, place: number): void {
    if (event.type === 'AgreementRecorded') this.#home ??= event;
    else if (event.type === 'InstrumentRecorded') this.#file(event.data);
    else if (isRecordOperation(event)) this.#operate(event);
    else {
      this.#refer(event);
      if (isChange(event)) this.#bring(event, place);
    }
  }

  #file(data: DataOf<'InstrumentRecorded'>): void {
    if (this.#papers.has(data.instrumentId)) this.#touch(`paper:${data.instrumentId}`);
    else this.#papers.set(data.instrumentId, paperOf(data, this.#home));
  }

  /** Ties up what a payload acts on and does not end, strikes or settles. */
  #refer(payload: Payload): void {
    const { acts, strikes, rectifies } = referencesOf(payload);
    const settled =
      payload.type === 'ConflictResolved'
        ? (payload.data as DataOf<'ConflictResolved'>).changes
        : [];
    for (const term of acts) this.#act(payload.type, term);
    for (const change of [...strikes, ...settled]) this.#touch(`change:${change}`);
    if (rectifies !== undefined) this.#touch(`change:${rectifies}`);
  }

  #act(type: EventType, termId: string): void {
    if (!ENDS.has(type)) return this.#tie(termId);
    this.#ending.add(termId);
    const strand = this.#strands.get(termId);
    if (strand !== undefined) strand.mayEnd = true;
  }

  /** What the start of a change can not lie before; undefined where that is not told from rows. */
  #origins(event: Recorded<ChangeEvent>): readonly Row[] | undefined {
    const strands = actsOn(event).map((termId) => this.#strands.get(termId));
    if (strands.includes(undefined)) return undefined;
    // Terms that replaced one another in turn come from the same ones in many ways.
    const origins = [...new Set(strands.flatMap((strand) => strand?.origins ?? []))];
    return origins.length > MOST_ORIGINS ? undefined : origins;
  }

  #bring(event: Recorded<ChangeEvent>, place: number): void {
    const { whole } = termParts(event);
    if (whole.length === 0) return;
    const origin = this.#originOf(event, place);
    for (const term of whole) {
      const isFirst = !this.#strands.has(term.termId) && !this.#tied.has(term.termId);
      if (!isFirst) this.#bringAgain(term.termId);
      else if (origin === undefined) this.#tie(term.termId);
      else this.#begin(term, origin);
    }
  }

  #begin(term: Term, origin: Omit<Origin, 'mayEnd'>): void {
    const { termId } = term;
    const strand = new Strand(term, { ...origin, mayEnd: this.#ending.has(termId) });
    this.#strands.set(termId, strand);
    for (const row of strand.origins) this.#ties.lean(row, termId);
    for (const acted of new Set(strand.origins.flatMap(({ event }) => actsOn(event)))) {
      const others = this.#comeFrom.get(acted);
      if (others === undefined) this.#comeFrom.set(acted, [termId]);
      else others.push(termId);
    }
  }

  /** Of several bringers another one counts for the public than for the record, so what starts behind it may move. */
  #bringAgain(termId: string): void {
    this.#tie(termId);
    for (const other of this.#comeFrom.get(termId) ?? []) this.#tie(other);
  }

  /** The row of a change that brings terms in on a day that follows from rows alone, and ends none of them. */
  #originOf(event: Recorded<ChangeEvent>, place: number) {
    const paper = this.#papers.get(event.data.instrumentId);
    const others = this.#origins(event);
    if (paper === undefined || others === undefined) return undefined;
    const bringer = rowOf(event, paper, place);
    if (bringer?.until !== NEVER || this.#ties.isTouched(bringer)) return undefined;
    return { bringer, others };
  }

  #operate(operation: Operation): void {
    const root = this.#rootOf(operation);
    if (root === undefined) return;
    this.#touch(`event:${root.id}`);
    if (root.type === 'InstrumentRecorded') this.#touch(`paper:${root.data.instrumentId}`);
    const data = innermost(operation);
    if (data === undefined) return;
    const payload = { type: root.type, data: lifted(root.type, 1, data) } as Payload;
    this.#refer(payload);
    for (const term of referencesOf(payload).brings) this.#bringAgain(term);
  }

  /** The event that a record operation is about in the end. Ids are looked at once there is an operation. */
  #rootOf({ id, data }: Operation): Recorded | undefined {
    for (; this.#identified < this.#taken; this.#identified++) {
      const event = this.#events[this.#identified];
      if (event !== undefined && !this.#roots.has(event.id)) this.#roots.set(event.id, event);
    }
    const root = this.#roots.get(data.target);
    if (root !== undefined) this.#roots.set(id, root);
    return root;
  }

  #tie(termId: string): void {
    this.#tied.add(termId);
    const strand = this.#strands.get(termId);
    this.#strands.delete(termId);
    if (strand !== undefined && strand.places.length > 0) this.#isStale = true;
  }

  #touch(name: Named): void {
    for (const termId of this.#ties.touch(name, () => this.#rows())) this.#tie(termId);
  }

  *#rows(): Generator<readonly [Row, string]> {
    for (const [termId, { origins, rows }] of this.#strands) {
      for (const row of [...origins, ...rows]) yield [row, termId];
    }
  }

  /** All events but those in strands. */
  #gather(): void {
    const held = new Set([...this.#strands.values()].flatMap(({ places }) => places));
    const places = [...this.#events.keys()].filter((place) => !held.has(place));
    this.#frame = { events: places.flatMap((place) => this.#events[place] ?? []), places };
    this.#isStale = false;
  }
}
