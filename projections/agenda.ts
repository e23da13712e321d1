import { type DayNumber, NEVER } from '#events/days.ts';
import { isChange, type Recorded } from '#events/event.ts';
import { type EpochMs, startOfDay } from '#events/instants.ts';
import type { ChangeId } from '#events/values.ts';
import type { History } from './history.ts';
import { mayEnd, type Prospect, prospectOf } from './prospect.ts';

/** A day that lies ahead of a change, known from one position on until another. */
export type Entry = {
  readonly what: 'starts' | 'ends' | 'longStop' | 'lapses';
  readonly changeId: ChangeId;
  readonly day: DayNumber;
  /** Those not met. */
  readonly conditions: readonly string[];
  readonly since: number;
  till: number;
};

/** A change whose prospect an append may have altered. */
export type Turn = {
  readonly changeId: ChangeId;
  /** Absent where the append itself brought the change. */
  readonly before?: Prospect;
  readonly now?: Prospect;
};

const WHATS = ['starts', 'ends', 'longStop', 'lapses'] as const;

/** What was recorded in one go: one command, one append. */
const appendAt = (events: readonly Recorded[], start: number): readonly Recorded[] => {
  const commandId = events[start]?.metadata.commandId;
  let end = start + 1;
  while (events[end]?.metadata.commandId === commandId && end < events.length) end += 1;
  return events.slice(start, end);
};

const differs = (a: Prospect | undefined, b: Prospect | undefined): boolean =>
  WHATS.some((what) => a?.[what] !== b?.[what]) ||
  a?.conditions.join(' ') !== b?.conditions.join(' ');

/**
 * The days to come of one agreement as they were known at each position. It grows with its history and holds
 * only days that lay ahead when they became known.
 */
export class Agenda {
  readonly #history: History;
  readonly #byDay = new Map<DayNumber, Entry[]>();
  readonly #open = new Map<ChangeId, readonly Entry[]>();
  readonly #turns = new Map<number, readonly Turn[]>();
  readonly #ending = new Set<ChangeId>();
  #taken = 0;

  constructor(history: History) {
    this.#history = history;
  }

  get zone(): string {
    return this.#history.zoneFirstRecorded;
  }

  /** Takes in what the history has gained. */
  catchUp(): this {
    const { events } = this.#history;
    while (this.#taken < events.length) {
      const append = appendAt(events, this.#taken);
      this.#take(append, events[this.#taken - 1]?.position ?? 0);
      this.#taken += append.length;
    }
    return this;
  }

  /** What an append altered, by the position of its last event. */
  turnsAt(position: number): readonly Turn[] {
    return this.#turns.get(position) ?? [];
  }

  /** Days in `[from, to]` that lie ahead of changes as known at a position. */
  ahead(position: number, from: DayNumber, to: DayNumber): readonly Entry[] {
    const days =
      to - from < this.#byDay.size
        ? Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
        : [...this.#byDay.keys()].filter((day) => from <= day && day <= to);
    return days.flatMap((day) =>
      (this.#byDay.get(day) ?? []).filter(
        ({ since, till }) => since <= position && position < till,
      ),
    );
  }

  #take(append: readonly Recorded[], before: number): void {
    const [first] = append;
    const last = append.at(-1);
    if (first === undefined || last === undefined) return;
    const brought = new Set(append.filter(isChange).map(({ data }) => data.changeId));
    const changes = new Set(append.flatMap((event) => this.#moved(event, first)));
    const turns = [...changes].flatMap((changeId) =>
      this.#turn(changeId, brought.has(changeId) ? 0 : before, last),
    );
    if (turns.length > 0) this.#turns.set(last.position, turns);
  }

  /** Changes that an event may have moved, and those with an end that it may have overtaken. */
  #moved(event: Recorded, first: Recorded): readonly ChangeId[] {
    const { links } = this.#history;
    if (isChange(event) && mayEnd(event.data)) this.#ending.add(event.data.changeId);
    if (event.type === 'RecordCorrected' && mayEnd(event.data.data)) {
      for (const changeId of links.touchedBy(event, first)) this.#ending.add(changeId);
    }
    const beside =
      this.#ending.size === 0
        ? []
        : links.beside(event).filter((changeId) => this.#ending.has(changeId));
    return [...links.touchedBy(event, first), ...beside];
  }

  #turn(changeId: ChangeId, before: number, { position, recordedAt }: Recorded): readonly Turn[] {
    const now = prospectOf(this.#history, changeId, position);
    const old = before === 0 ? undefined : prospectOf(this.#history, changeId, before);
    if (!differs(old, now)) return [];
    for (const entry of this.#open.get(changeId) ?? []) entry.till = position;
    const entries = now === undefined ? [] : this.#entries(changeId, now, position, recordedAt);
    this.#open.set(changeId, entries);
    return [{ changeId, ...(old && { before: old }), ...(now && { now }) }];
  }

  #entries(changeId: ChangeId, now: Prospect, since: number, at: EpochMs): readonly Entry[] {
    return WHATS.flatMap((what) => {
      const day = now[what];
      if (day >= NEVER || startOfDay(day, this.zone) <= at) return [];
      const { conditions } = now;
      const till = Number.POSITIVE_INFINITY;
      const entry: Entry = { what, changeId, day, conditions, since, till };
      const others = this.#byDay.get(day);
      if (others === undefined) this.#byDay.set(day, [entry]);
      else others.push(entry);
      return [entry];
    });
  }
}

const agendas = new WeakMap<History, Agenda>();

/** The days to come of a history, as they were known at each position. */
export const agendaOf = (history: History): Agenda => {
  const agenda = agendas.get(history) ?? new Agenda(history);
  agendas.set(history, agenda);
  return agenda.catchUp();
};
