import type { Unreadable } from '#events/codec.ts';
import { NEVER, parseDay } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import type { AgreementId } from '#events/values.ts';
import type { Coordinates } from './coordinates.ts';
import { answerOn } from './fold/answer.ts';
import { knownUntil, type Reading } from './fold/known.ts';
import { type Scene, sceneOf } from './fold/scene.ts';
import { Links } from './links.ts';
import type { AgreementState } from './state.ts';

/** How many states of knowledge of one agreement are kept worked out, and of how many events together. */
const SCENES = 16;
const SCENE_EVENTS = 20_000;
/** And how many parts of it. */
const PARTS = 256;

/**
 * One agreement in all its times: its events in log order. It only grows, so what was worked out for fewer
 * events stays right.
 */
export class History {
  readonly agreementId: AgreementId;
  readonly #events: Recorded[] = [];
  readonly #unreadable: Unreadable[] = [];
  readonly #scenes = new Map<string, Scene>();
  #links: Links | undefined;
  readonly #parts = new Map<string, History>();

  constructor(agreementId: AgreementId) {
    this.agreementId = agreementId;
  }

  /** Takes the next event of the log in. */
  record(event: Recorded): void {
    this.#events.push(event);
    this.#parts.clear();
  }

  /** Keeps an event that can not be read, so that answers can name it. */
  recordUnreadable(event: Unreadable): void {
    this.#unreadable.push(event);
  }

  get events(): readonly Recorded[] {
    return this.#events;
  }

  get unreadable(): readonly Unreadable[] {
    return this.#unreadable;
  }

  /** What depends on what in it. */
  get links(): Links {
    this.#links ??= new Links(this.#events);
    return this.#links.catchUp();
  }

  /**
   * As much of the history as decides about one change: its days and its fate are the same in it, at all
   * coordinates. With `around`, also what else is about the same terms, overlay or consent.
   */
  part(changeId: string, around = false): History {
    const key = `${around} ${changeId}`;
    const known = this.#parts.get(key);
    if (known !== undefined) return known;
    const part = historyOf(this.agreementId, this.links.part(changeId, around));
    if (this.#parts.size >= PARTS) this.#parts.clear();
    this.#parts.set(key, part);
    return part;
  }

  /** The time zone that the agreement was first recorded with; days of knowledge end in it. */
  get zoneFirstRecorded(): string {
    const first = this.#events.find((event) => event.type === 'AgreementRecorded');
    return first?.type === 'AgreementRecorded' ? first.data.timeZone : 'UTC';
  }

  /** What is known at the coordinates, worked out once for all days. */
  scene(at: Coordinates): Scene {
    const reading: Reading = {
      knowledge: at.knowledge ?? 'RECORDED',
      until: knownUntil(at, this.zoneFirstRecorded),
      zone: this.zoneFirstRecorded,
      uncertain: at.uncertain ?? 'REPORT',
    };
    const seen = this.#seen(at, reading);
    const moment = reading.knowledge === 'PUBLIC' ? reading.until : '';
    const key = [seen, moment, reading.knowledge, reading.uncertain, at.executedBy].join(' ');
    const known = this.#scenes.get(key) ?? this.#workOut(seen, reading, at);
    // Last in the map is the last used.
    this.#scenes.delete(key);
    this.#scenes.set(key, known);
    const [oldest] = this.#scenes.keys();
    const most = Math.min(SCENES, Math.max(2, SCENE_EVENTS / this.#events.length));
    if (this.#scenes.size > most && oldest !== undefined) this.#scenes.delete(oldest);
    return known;
  }

  #workOut(seen: number, reading: Reading, { executedBy }: Coordinates): Scene {
    const by = executedBy === undefined ? NEVER : parseDay(executedBy);
    return sceneOf(this.#events.slice(0, seen), reading, by);
  }

  /** The events behind a position. */
  *after(position: number): Generator<Recorded> {
    for (let i = this.#count((event) => event.position <= position); i < this.#events.length; i++) {
      const event = this.#events[i];
      if (event !== undefined) yield event;
    }
  }

  /** How many events the coordinates let us see; PUBLIC looks at announcements later. */
  #seen(at: Coordinates, { knowledge, until }: Reading): number {
    const { position = Number.POSITIVE_INFINITY } = at;
    return this.#count(
      (event) =>
        event.position <= position && (knowledge === 'PUBLIC' || event.recordedAt <= until),
    );
  }

  /** Positions rise and recording times never fall, so what is seen is a beginning. */
  #count(sees: (event: Recorded) => boolean): number {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.#events[middle];
      if (event !== undefined && sees(event)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The history of one agreement from its events in log order. */
export const historyOf = (agreementId: AgreementId, events: readonly Recorded[]): History => {
  const history = new History(agreementId);
  for (const event of events) history.record(event);
  return history;
};

/** The terms, and all that goes with them, at the coordinates (model §6). */
export const stateAt = (history: History, at: Coordinates): AgreementState =>
  answerOn(history.scene(at), at, history.agreementId);
