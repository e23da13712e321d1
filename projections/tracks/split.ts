import { NEVER } from '#events/days.ts';
import {
  type ChangeEvent,
  type DataOf,
  type EventOf,
  isChange,
  type Recorded,
} from '#events/event.ts';
import type { Term } from '#events/terms.ts';
import { lifted } from '#events/upcast.ts';
import type { TermId } from '#events/values.ts';
import { actsOn, termParts } from '../fold/change.ts';
import { innermost, type Payload, referencesOf } from '../references.ts';
import { type Paper, paperOf, type Row, rowOf } from './row.ts';
import type { Strand } from './track.ts';

const TEXTS = ['kind', 'heading', 'number', 'prose'] as const;

/** Whether values only set facts, and texts that the term has: its fields then keep their order. */
const onlySets = (values: DataOf<'TermAmended'>['values'], term: Term): boolean => {
  if ('after' in values) return false;
  for (const name of TEXTS) {
    if (name in values && (values[name] === null || term[name] === undefined)) return false;
  }
  return values.facts === undefined || Object.keys(values.facts).length > 0;
};

/** Whether an amendment does nothing but amend its term. */
const onlyAmends = ({ displaces, expects }: DataOf<'TermAmended'>): boolean =>
  displaces === undefined && expects === undefined;

type Named = `${'change' | 'event' | 'paper'}:${string}`;

/** What a row leans on: who strikes, corrects or retracts one of these may alter more than the row. */
const leansOn = ({ event }: Row): readonly Named[] => [
  `change:${event.data.changeId}`,
  `event:${event.id}`,
  `paper:${event.data.instrumentId}`,
];

/** Events in log order, and their indexes in the history. */
type Frame = { readonly events: Recorded[]; readonly places: number[] };

/**
 * Divides a history, as it grows, into tracks and a frame. A track holds the amendments of a term that nothing
 * else acts on, each on an exact day: they bear on what the term says, and on nothing besides. The frame is all
 * the rest. What was divided once comes together again as soon as an event ties it up.
 */
export class Split {
  readonly #events: readonly Recorded[];
  readonly #strands = new Map<TermId, Strand>();
  /** Terms whose amendments belong to the frame. */
  readonly #tied = new Set<TermId>();
  readonly #papers = new Map<string, Paper>();
  readonly #touched = new Set<Named>();
  /** Events by id; of record operations, the event that they are about in the end. */
  readonly #roots = new Map<string, Recorded>();
  #identified = 0;
  #leaning: Map<Named, Set<TermId>> | undefined;
  #taken = 0;
  #frame: Frame = { events: [], places: [] };
  #isStale = false;

  /** @param events grows behind its back; `catchUp` takes in what is new */
  constructor(events: readonly Recorded[]) {
    this.#events = events;
  }

  get strands(): ReadonlyMap<TermId, Strand> {
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

  /** Takes an amendment into its track, where it may. */
  #holds(event: Recorded, place: number): boolean {
    if (event.type !== 'TermAmended' || !onlyAmends(event.data)) return false;
    const { termId, values, instrumentId } = event.data;
    const strand = this.#strands.get(termId);
    const paper = this.#papers.get(instrumentId);
    if (strand === undefined || paper === undefined || !onlySets(values, strand.term)) return false;
    const row = rowOf(event, paper, place);
    // On the day of its bringer it waits for that (model §6.5); before, it acts on nothing.
    if (row === undefined || row.from < strand.bringer.from || this.#isTouched(row)) return false;
    strand.amendments.push(row);
    this.#lean(row, termId);
    return true;
  }

  #take(event: Recorded, place: number): void {
    if (event.type === 'InstrumentRecorded') this.#file(event.data);
    else if (event.type === 'RecordCorrected' || event.type === 'RecordRetracted') {
      this.#operate(event);
    } else {
      this.#refer(event);
      if (isChange(event)) this.#bring(event, place);
    }
  }

  #file(data: DataOf<'InstrumentRecorded'>): void {
    if (this.#papers.has(data.instrumentId)) this.#touch(`paper:${data.instrumentId}`);
    else this.#papers.set(data.instrumentId, paperOf(data));
  }

  /** Ties up what a payload acts on, strikes or settles. */
  #refer(payload: Payload): void {
    const { acts, strikes, rectifies } = referencesOf(payload);
    const settled =
      payload.type === 'ConflictResolved'
        ? (payload.data as DataOf<'ConflictResolved'>).changes
        : [];
    for (const term of acts) this.#tie(term as TermId);
    for (const change of [...strikes, ...settled]) this.#touch(`change:${change}`);
    if (rectifies !== undefined) this.#touch(`change:${rectifies}`);
  }

  /** A change that acts on nothing starts on the day that it says. */
  #bringer(event: Recorded<ChangeEvent>, place: number): Row | undefined {
    const paper = this.#papers.get(event.data.instrumentId);
    if (paper === undefined || actsOn(event).length > 0) return undefined;
    const row = rowOf(event, paper, place);
    return row?.until === NEVER && !this.#isTouched(row) ? row : undefined;
  }

  #bring(event: Recorded<ChangeEvent>, place: number): void {
    const { whole } = termParts(event);
    if (whole.length === 0) return;
    const bringer = this.#bringer(event, place);
    for (const term of whole) {
      const { termId } = term;
      if (bringer === undefined || this.#strands.has(termId)) this.#tie(termId);
      if (bringer === undefined || this.#tied.has(termId)) continue;
      this.#strands.set(termId, { term, bringer, amendments: [] });
      this.#lean(bringer, termId);
    }
  }

  #operate(event: Recorded<EventOf<'RecordCorrected' | 'RecordRetracted'>>): void {
    const root = this.#rootOf(event.data.target);
    if (root === undefined) return;
    this.#roots.set(event.id, root);
    this.#touch(`event:${root.id}`);
    if (root.type === 'InstrumentRecorded') this.#touch(`paper:${root.data.instrumentId}`);
    const data = innermost(event);
    if (data === undefined) return;
    const payload = { type: root.type, data: lifted(root.type, 1, data) } as Payload;
    this.#refer(payload);
    for (const term of referencesOf(payload).brings) this.#tie(term as TermId);
  }

  /** The event that a record operation is about in the end. Ids are looked at once there is an operation. */
  #rootOf(target: string): Recorded | undefined {
    for (; this.#identified < this.#taken; this.#identified++) {
      const event = this.#events[this.#identified];
      if (event !== undefined && !this.#roots.has(event.id)) this.#roots.set(event.id, event);
    }
    return this.#roots.get(target);
  }

  #tie(termId: TermId): void {
    this.#tied.add(termId);
    const strand = this.#strands.get(termId);
    this.#strands.delete(termId);
    if (strand !== undefined && strand.amendments.length > 0) this.#isStale = true;
  }

  #isTouched(row: Row): boolean {
    return this.#touched.size > 0 && leansOn(row).some((name) => this.#touched.has(name));
  }

  #touch(name: Named): void {
    this.#touched.add(name);
    for (const termId of this.#leaners().get(name) ?? []) this.#tie(termId);
  }

  #lean(row: Row, termId: TermId): void {
    if (this.#leaning === undefined) return;
    for (const name of leansOn(row)) {
      const terms = this.#leaning.get(name);
      if (terms === undefined) this.#leaning.set(name, new Set([termId]));
      else terms.add(termId);
    }
  }

  /** Made when first needed: in most histories nothing is struck or corrected. */
  #leaners(): ReadonlyMap<Named, ReadonlySet<TermId>> {
    if (this.#leaning !== undefined) return this.#leaning;
    this.#leaning = new Map();
    for (const [termId, { bringer, amendments }] of this.#strands) {
      for (const row of [bringer, ...amendments]) this.#lean(row, termId);
    }
    return this.#leaning;
  }

  /** All events but those in tracks. */
  #gather(): void {
    const held = new Set<number>();
    for (const { amendments } of this.#strands.values()) {
      for (const { place } of amendments) held.add(place);
    }
    const places = [...this.#events.keys()].filter((place) => !held.has(place));
    this.#frame = { events: places.flatMap((place) => this.#events[place] ?? []), places };
    this.#isStale = false;
  }
}
