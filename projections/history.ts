import type { Unreadable } from '#events/codec.ts';
import type { DayNumber } from '#events/days.ts';
import type { EventType, Recorded } from '#events/event.ts';
import type { AgreementId, TermId } from '#events/values.ts';
import type { Coordinates } from './coordinates.ts';
import { answerOn } from './fold/answer.ts';
import { knowledgeOf } from './fold/knowledge.ts';
import type { Scene } from './fold/scene.ts';
import { Links } from './links.ts';
import { countThrough, Scenes, viewOf, zoneFirstRecorded } from './scenes.ts';
import type { AgreementState } from './state.ts';
import type { TermView } from './tracks/term-view.ts';
import { type Amended, Tracks } from './tracks/tracks.ts';

/** Events that tell of the agreement itself. */
const OWN = new Set<EventType>(['AgreementRecorded', 'RecordCorrected', 'RecordRetracted']);

/** How many parts of one agreement are kept. */
const PARTS = 256;

/**
 * One agreement in all its times: its events in log order. It only grows, so what was worked out for fewer
 * events stays right.
 */
export class History {
  readonly agreementId: AgreementId;
  readonly #events: Recorded[] = [];
  readonly #unreadable: Unreadable[] = [];
  readonly #scenes = new Scenes(this.#events);
  readonly #tracks: Tracks;
  #links: Links | undefined;
  readonly #parts = new Map<string, History>();
  /** The record of the agreement itself, and what is recorded of records. */
  readonly #own: Recorded[] = [];
  #zone: { readonly of: number; readonly zone: string } | undefined;

  constructor(agreementId: AgreementId) {
    this.agreementId = agreementId;
    this.#tracks = new Tracks(agreementId, this.#events);
  }

  /** Takes the next event of the log in. */
  record(event: Recorded): void {
    this.#events.push(event);
    if (OWN.has(event.type)) this.#own.push(event);
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
    return zoneFirstRecorded(this.#events);
  }

  /** The time zone of the agreement as all events say it; UTC before it is recorded. */
  get zone(): string {
    const { length } = this.#own;
    if (this.#zone?.of !== length) {
      const { reading } = viewOf(this.#own, {});
      this.#zone = { of: length, zone: knowledgeOf(this.#own, reading).zone };
    }
    return this.#zone.zone;
  }

  /** What is known at the coordinates, worked out once for all days. */
  scene(at: Coordinates): Scene {
    return this.#scenes.at(at);
  }

  /** The same without plain amendments of terms: the agreement itself, its tags and parties, claims and overlays. */
  frame(at: Coordinates): Scene {
    return this.#tracks.scene(at);
  }

  stateAt(at: Coordinates): AgreementState {
    return at.assume === undefined
      ? this.#tracks.stateAt(at)
      : answerOn(this.scene(at), at, this.agreementId);
  }

  /** What an event, given by its index, bears on alone; undefined where it may bear on anything. */
  amendedBy(place: number): Amended | undefined {
    return this.#tracks.amendedBy(place);
  }

  /** What there is to know of one term that `amendedBy` named, at coordinates without assumptions. */
  termAt(termId: TermId, at: Coordinates): TermView {
    return this.#tracks.termAt(termId, at);
  }

  /** The days on which an answer may change at the knowledge of the coordinates; of one term that `amendedBy` named. */
  limits(at: Coordinates, only?: TermId): readonly DayNumber[] {
    return this.#tracks.limits(at, only);
  }

  /** The events behind a position. */
  *after(position: number): Generator<Recorded> {
    for (let i = countThrough(this.#events, position); i < this.#events.length; i++) {
      const event = this.#events[i];
      if (event !== undefined) yield event;
    }
  }
}

/** The history of one agreement from its events in log order. */
export const historyOf = (agreementId: AgreementId, events: readonly Recorded[]): History => {
  const history = new History(agreementId);
  for (const event of events) history.record(event);
  return history;
};

/** The terms, and all that goes with them, at the coordinates (model §6). */
export const stateAt = (history: History, at: Coordinates): AgreementState => history.stateAt(at);
