import { type DayNumber, NEVER } from '#events/days.ts';
import { isChange, type Recorded } from '#events/event.ts';
import { dayOf, type EpochMs, startOfDay } from '#events/instants.ts';
import type { ChangeId } from '#events/values.ts';
import { Behind } from './behind.ts';
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
  readonly #byDay = new Map<DayNumber, Entry[]>();
  readonly #open = new Map<ChangeId, readonly Entry[]>();
  readonly #turns = new Map<number, readonly Turn[]>();
  readonly #ending = new Set<ChangeId>();
  readonly #behind: Pick<Behind, 'holds' | 'operate'>;
  #taken = 0;
  #zone = 'UTC';

  /** @param behind tells what needs no closer look */
  constructor(behind: Pick<Behind, 'holds' | 'operate'> = new Behind()) {
    this.#behind = behind;
  }

  /** The zone in which its days begin. */
  get zone(): string {
    return this.#zone;
  }

  /**
   * Takes in what the history of its agreement has gained, without holding on to that; so many appends at most, so that
   * others get their turn. True when nothing is left.
   */
  catchUp(history: History, most: number): boolean {
    const { events } = history;
    this.#zone = history.zoneFirstRecorded;
    for (let n = 0; n < most && this.#taken < events.length; n++) {
      const append = appendAt(events, this.#taken);
      this.#take(history, append, events[this.#taken - 1]?.position ?? 0);
      this.#taken += append.length;
    }
    return this.#taken === events.length;
  }

  /** No day lies ahead of any change, at whatever position. */
  get isEmpty(): boolean {
    return this.#byDay.size === 0;
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

  #take(history: History, append: readonly Recorded[], before: number): void {
    const [first] = append;
    const last = append.at(-1);
    if (first === undefined || last === undefined) return;
    const brought = new Set(append.filter(isChange).map(({ data }) => data.changeId));
    const changes = new Set(append.flatMap((event) => this.#moved(history, event, first)));
    for (const changeId of this.#settled(append, last.recordedAt)) changes.delete(changeId);
    const turns = [...changes].flatMap((changeId) =>
      this.#turn(history, changeId, brought.has(changeId) ? 0 : before, last),
    );
    if (turns.length > 0) this.#turns.set(last.position, turns);
  }

  /** New changes that have nothing ahead of them, by their words alone. */
  #settled(append: readonly Recorded[], at: EpochMs): readonly ChangeId[] {
    if (append.some(({ type }) => type === 'RecordCorrected' || type === 'RecordRetracted')) {
      this.#behind.operate();
    }
    const today = dayOf(at, this.zone);
    return append.flatMap((event) =>
      isChange(event) && this.#behind.holds(event, append, today) ? event.data.changeId : [],
    );
  }

  /** Changes that an event may have moved, and those with an end that it may have overtaken. */
  #moved({ links }: History, event: Recorded, first: Recorded): readonly ChangeId[] {
    const touched = links.touchedBy(event, first);
    if (isChange(event) && mayEnd(event.data)) this.#ending.add(event.data.changeId);
    if (event.type === 'RecordCorrected' && mayEnd(event.data.data)) {
      for (const changeId of touched) this.#ending.add(changeId);
    }
    if (this.#ending.size === 0) return touched;
    return [...touched, ...links.beside(event).filter((changeId) => this.#ending.has(changeId))];
  }

  #turn(
    history: History,
    changeId: ChangeId,
    before: number,
    { position, recordedAt }: Recorded,
  ): readonly Turn[] {
    const now = prospectOf(history, changeId, position);
    const old = before === 0 ? undefined : prospectOf(history, changeId, before);
    if (!differs(old, now)) return [];
    const entries = now === undefined ? [] : this.#entries(changeId, now, position, recordedAt);
    this.#replace(changeId, entries, position);
    // What is new and has nothing ahead of it gives no cause for news; most of a history is like that.
    if (old === undefined && entries.length === 0) return [];
    return [{ changeId, ...(old && { before: old }), ...(now && { now }) }];
  }

  /** What is known of a change from a position on takes the place of what was known before. */
  #replace(changeId: ChangeId, entries: readonly Entry[], position: number): void {
    for (const entry of this.#open.get(changeId) ?? []) entry.till = position;
    if (entries.length > 0) this.#open.set(changeId, entries);
    else this.#open.delete(changeId);
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
