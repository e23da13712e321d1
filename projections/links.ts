import { type DataOf, isChange, type Recorded } from '#events/event.ts';
import { lifted } from '#events/upcast.ts';
import type { ChangeId } from '#events/values.ts';
import { AGREEMENT, innermost, type Payload, type Refers, referencesOf } from './references.ts';

/** The index of an event in its history. */
type Place = number;

/** Places by name. */
class Register {
  readonly #places = new Map<string, Place[]>();

  add(name: string, place: Place): void {
    const places = this.#places.get(name);
    if (places === undefined) this.#places.set(name, [place]);
    else if (places.at(-1) !== place) places.push(place);
  }

  at(name: string): readonly Place[] {
    return this.#places.get(name) ?? [];
  }
}

/** Everything that can be reached from some places in steps. */
const reached = (
  from: Iterable<Place>,
  steps: (at: Place) => Iterable<Place>,
): ReadonlySet<Place> => {
  const seen = new Set(from);
  // A set hands out what is added while it is walked.
  for (const at of seen) for (const next of steps(at)) seen.add(next);
  return seen;
};

/**
 * Which events of a history the days and the fate of a change depend on (model §6.2 to §6.4), and which changes an
 * event may touch. Both err on the side of too many: corrected events count with everything they ever said.
 */
export class Links {
  readonly #events: readonly Recorded[];
  readonly #said: Refers[][] = [];
  readonly #ids = new Map<string, Place>();
  readonly #changes = new Register();
  readonly #instruments = new Register();
  readonly #madeBy = new Register();
  readonly #bringers = new Register();
  readonly #actors = new Register();
  readonly #strikers = new Register();
  readonly #rectifiers = new Register();
  readonly #resolutions = new Register();
  readonly #waiting = new Register();
  readonly #about = new Register();
  /** Record operations by the event that they are about in the end. */
  readonly #operations = new Map<Place, Place[]>();
  readonly #roots = new Map<Place, Place>();

  /** @param events grows behind its back; `catchUp` takes in what is new */
  constructor(events: readonly Recorded[]) {
    this.#events = events;
  }

  catchUp(): this {
    while (this.#said.length < this.#events.length) {
      const place = this.#said.length;
      const event = this.#events[place];
      this.#said.push([]);
      if (event !== undefined) this.#add(event, place);
    }
    return this;
  }

  /** The events that decide about a change; with `around`, also those that are about the same things. */
  part(changeId: string, around = false): readonly Recorded[] {
    const seeds = this.#changes.at(changeId);
    const subjects = around ? seeds.flatMap((at) => this.#sharing(at)) : [];
    const places = reached([0, ...seeds, ...subjects], (at) => this.#needs(at));
    return [...places].toSorted((a, b) => a - b).flatMap((at) => this.#events[at] ?? []);
  }

  /**
   * The changes whose days or fate an event may have moved, itself included.
   * @param since the first event of the append that the event came with
   */
  touchedBy(event: Recorded, since: Recorded): readonly ChangeId[] {
    const [place, old] = [this.#ids.get(event.id), this.#ids.get(since.id)];
    if (place === undefined || old === undefined) return [];
    const root = this.#roots.get(place);
    const moved = root === undefined ? this.#firstMoved(place) : [root];
    const places = reached(moved, (at) => this.#moves(at, old));
    return [...places].flatMap((at) => {
      const touched = this.#events[at];
      return touched !== undefined && isChange(touched) ? touched.data.changeId : [];
    });
  }

  /** Other changes that are about the same things as an event. */
  beside(event: Recorded): readonly ChangeId[] {
    const place = this.#ids.get(event.id);
    if (place === undefined) return [];
    const at = this.#roots.get(place) ?? place;
    return this.#sharing(at).flatMap((other) => {
      const found = this.#events[other];
      return other !== at && found !== undefined && isChange(found) ? found.data.changeId : [];
    });
  }

  #add(event: Recorded, place: Place): void {
    this.#ids.set(event.id, place);
    if (event.type === 'RecordCorrected' || event.type === 'RecordRetracted') {
      this.#operate(event, place);
      return;
    }
    if (event.type === 'InstrumentRecorded') this.#instruments.add(event.data.instrumentId, place);
    if (isChange(event)) this.#changes.add(event.data.changeId, place);
    this.#refer(event, place);
  }

  #operate(event: Recorded, place: Place): void {
    const { target } = event.data as DataOf<'RecordRetracted'>;
    const at = this.#ids.get(target);
    if (at === undefined) return;
    const root = this.#roots.get(at) ?? at;
    this.#roots.set(place, root);
    const others = this.#operations.get(root);
    if (others === undefined) this.#operations.set(root, [place]);
    else others.push(place);
    const corrected = this.#events[root];
    const data = innermost(event);
    if (corrected === undefined || data === undefined) return;
    this.#refer({ type: corrected.type, data: lifted(corrected.type, 1, data) } as Payload, root);
  }

  #refer(payload: Payload, place: Place): void {
    const refers = referencesOf(payload);
    this.#said[place]?.push(refers);
    if (refers.instrument !== undefined) this.#madeBy.add(refers.instrument, place);
    for (const term of refers.brings) this.#bringers.add(term, place);
    for (const term of refers.acts) this.#actors.add(term, place);
    for (const change of refers.strikes) this.#strikers.add(change, place);
    if (refers.rectifies !== undefined) this.#rectifiers.add(refers.rectifies, place);
    if (refers.resolves !== undefined) this.#resolutions.add(refers.resolves, place);
    for (const condition of refers.conditions) this.#waiting.add(condition, place);
    for (const subject of refers.subjects) this.#about.add(subject, place);
  }

  #idOf(place: Place): string | undefined {
    const event = this.#events[place];
    return event !== undefined && isChange(event) ? event.data.changeId : undefined;
  }

  /** What an event's own days and fate depend on, one step on. */
  #needs(place: Place): readonly Place[] {
    const id = this.#idOf(place);
    const said = (this.#said[place] ?? []).flatMap((refers) => [
      ...(refers.instrument === undefined ? [] : this.#instruments.at(refers.instrument)),
      ...refers.acts.flatMap((term) => this.#bringers.at(term)),
      ...(refers.rectifies === undefined ? [] : this.#changes.at(refers.rectifies)),
      ...refers.conditions.flatMap((condition) => this.#resolutions.at(condition)),
    ]);
    return [
      ...said,
      ...(id === undefined ? [] : this.#strikers.at(id)),
      ...(this.#operations.get(place) ?? []),
    ];
  }

  /** Other changes about the same things; what is about the agreement as a whole concerns all. */
  #sharing(place: Place): readonly Place[] {
    const subjects = (this.#said[place] ?? []).flatMap((refers) => refers.subjects);
    return [...subjects, AGREEMENT].flatMap((subject) => this.#about.at(subject));
  }

  /** A new change moves those behind it only where nobody had brought their term in before. */
  #firstMoved(place: Place): readonly Place[] {
    const event = this.#events[place];
    if (event === undefined || !isChange(event)) return [];
    const orphans = this.#brought(place).filter((term) =>
      this.#bringers.at(term).every((at) => at >= place || this.#operations.has(at)),
    );
    return [place, ...orphans.flatMap((term) => this.#actors.at(term))];
  }

  #brought(place: Place): readonly string[] {
    return (this.#said[place] ?? []).flatMap((refers) => refers.brings);
  }

  #struckBy(place: Place): readonly Place[] {
    const id = this.#idOf(place);
    const struck = (this.#said[place] ?? []).flatMap((refers) => refers.strikes);
    return [
      ...struck.flatMap((change) => this.#changes.at(change)),
      ...(id === undefined ? [] : this.#rectifiers.at(id)),
    ];
  }

  #waitingFor(place: Place): readonly Place[] {
    return (this.#said[place] ?? []).flatMap(({ resolves }) =>
      resolves === undefined ? [] : this.#waiting.at(resolves),
    );
  }

  /** What may move when an event that was there before does. */
  #moves(place: Place, old: Place): readonly Place[] {
    const event = this.#events[place];
    if (event === undefined) return [];
    if (event.type === 'AgreementRecorded') return this.#events.keys().toArray();
    if (event.type === 'InstrumentRecorded') return this.#madeBy.at(event.data.instrumentId);
    const behind = place >= old ? [] : this.#brought(place);
    return [
      ...this.#struckBy(place),
      ...this.#waitingFor(place),
      ...behind.flatMap((term) => this.#actors.at(term)),
    ];
  }
}
