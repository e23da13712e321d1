import { type DayNumber, FIRST_DAY, NEVER, parseDay } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import { Announcements } from './announcements.ts';
import type { Coordinates } from './coordinates.ts';
import { knowledgeIn } from './fold/knowledge-in.ts';
import { knownUntil, type Reading } from './fold/known.ts';
import { LEAST, PlainRecord } from './fold/plain-record.ts';
import { type Scene, sceneOf } from './fold/scene.ts';
import { countUpTo, countWhile } from './search.ts';

/** How many states of knowledge of one agreement are kept worked out, and of how many events together. */
const SCENES = 16;
const SCENE_EVENTS = 20_000;

/** How many are kept that are made of so many events each. */
const mostOf = (events: number): number => Math.min(SCENES, Math.max(2, SCENE_EVENTS / events));

/** Last in the map is the last used; with more than `most` the oldest goes. */
const keep = <T>(all: Map<string, T>, key: string, one: T, most: number): void => {
  all.delete(key);
  all.set(key, one);
  const [oldest] = all.keys();
  if (all.size > most && oldest !== undefined) all.delete(oldest);
};

/** What coordinates let us see, apart from the day asked about. */
export type View = {
  readonly reading: Reading;
  /** Events from the first on; PUBLIC looks at announcements later. */
  readonly seen: number;
  readonly executedBy: DayNumber;
};

/** How many events lie up to a position. */
export const countThrough = (events: readonly Recorded[], position: number): number =>
  countWhile(events, (event) => event.position <= position);

/** The time zone that an agreement was first recorded with; days of knowledge end in it. */
export const zoneFirstRecorded = (events: readonly Recorded[]): string => {
  const first = events.find((event) => event.type === 'AgreementRecorded');
  return first?.type === 'AgreementRecorded' ? first.data.timeZone : 'UTC';
};

export const viewOf = (events: readonly Recorded[], at: Omit<Coordinates, 'effectiveOn'>): View => {
  const zone = zoneFirstRecorded(events);
  const { knowledge = 'RECORDED', uncertain = 'REPORT', executedBy } = at;
  const { position = Number.POSITIVE_INFINITY } = at;
  const until = knownUntil(at, zone);
  const isPublic = knowledge === 'PUBLIC';
  return {
    reading: { knowledge, until, zone, uncertain },
    // Positions rise and recording times never fall, so what is seen is a beginning.
    seen: countWhile(
      events,
      (event) => event.position <= position && (isPublic || event.recordedAt <= until),
    ),
    executedBy: executedBy === undefined ? NEVER : parseDay(executedBy),
  };
};

/** Text that is the same for views of the same. */
const keyOf = ({ reading, seen, executedBy }: View): string => {
  const moment = reading.knowledge === 'PUBLIC' ? reading.until : '';
  return `${seen} ${moment} ${reading.uncertain} ${executedBy}`;
};

/** Whether two views show the same, told from their words. */
export const isSameView = (a: View, b: View): boolean =>
  a.seen === b.seen &&
  a.executedBy === b.executedBy &&
  a.reading.uncertain === b.reading.uncertain &&
  a.reading.knowledge === b.reading.knowledge &&
  (a.reading.knowledge === 'RECORDED' || a.reading.until === b.reading.until);

/** The days on which changes were executed, in order; none where those depend on what is asked. */
const executionDays = ({ view }: Scene): readonly DayNumber[] | undefined => {
  // What still waits for conditions is executed with its start, where nothing tells when it was.
  if (view.some(({ waits }) => waits !== undefined)) return undefined;
  return [...new Set(view.map(({ ownExecutedOn }) => ownExecutedOn))].toSorted((a, b) => a - b);
};

/** Some events at all states of knowledge, each worked out when it is asked for. */
export class Scenes {
  readonly #events: readonly Recorded[];
  readonly #record: { readonly events: readonly Recorded[]; readonly plain: PlainRecord };
  readonly #kept = new Map<string, Scene>();
  readonly #abridged = new Map<string, Scene | 'whole'>();
  #last: { readonly view: View; readonly scene: Scene } | undefined;
  readonly #executionDays = new WeakMap<Scene, readonly DayNumber[]>();
  readonly #announcements: Announcements;

  /** @param events in log order; they may grow behind its back, and what was worked out for fewer stays right */
  constructor(events: readonly Recorded[]) {
    this.#events = events;
    this.#announcements = new Announcements(events);
    this.#record = { events, plain: new PlainRecord(events) };
  }

  /** What is known at the coordinates, worked out once for all days. */
  at(at: Coordinates): Scene {
    return this.of(viewOf(this.#events, at));
  }

  /** The same for one of all views that show the same. */
  of(view: View): Scene {
    const { reading, executedBy } = view;
    if (reading.knowledge === 'PUBLIC') {
      const until = this.#announcements.last(reading);
      if (until !== reading.until) return this.of({ ...view, reading: { ...reading, until } });
    }
    if (executedBy === NEVER) return this.#keptFor(view);
    const days = this.#daysIn(this.of({ ...view, executedBy: NEVER }));
    if (days === undefined) return this.#keptFor(view);
    const many = countUpTo(days, executedBy);
    const last = many === days.length ? NEVER : (days[many - 1] ?? FIRST_DAY - 1);
    return this.#keptFor({ ...view, executedBy: last });
  }

  /**
   * What bears on one day alone: the same as `of` without the lives that terms had before (see `PastLives`). Its days
   * before that one, its limits and disturbances are not those of the whole. Undefined where that leaves little out.
   */
  abridged(view: View, day: DayNumber): Scene | undefined {
    if (this.#events.length < LEAST) return undefined;
    const key = `${day} ${keyOf(view)}`;
    const known = this.#abridged.get(key) ?? this.#abridge(view, day);
    keep(this.#abridged, key, known, mostOf(known === 'whole' ? 0 : known.view.length));
    return known === 'whole' ? undefined : known;
  }

  #abridge(view: View, day: DayNumber): Scene | 'whole' {
    const behind = this.#record.plain.behind({ ...view, day });
    if (behind === undefined) return 'whole';
    return sceneOf(knowledgeIn(this.#record, view, behind), view.executedBy);
  }

  #keptFor(view: View): Scene {
    if (this.#last === undefined || !isSameView(view, this.#last.view)) {
      this.#last = { view, scene: this.#used(view) };
    }
    return this.#last.scene;
  }

  #used(view: View): Scene {
    const key = keyOf(view);
    const known = this.#kept.get(key) ?? this.#workOut(view);
    keep(this.#kept, key, known, mostOf(this.#events.length));
    return known;
  }

  #daysIn(scene: Scene): readonly DayNumber[] | undefined {
    const known = this.#executionDays.get(scene) ?? executionDays(scene);
    if (known !== undefined) this.#executionDays.set(scene, known);
    return known;
  }

  #workOut(view: View): Scene {
    return sceneOf(knowledgeIn(this.#record, view), view.executedBy);
  }
}
