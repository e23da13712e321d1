import { type DayNumber, FIRST_DAY, NEVER, parseDay } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import type { AgreementId, TermId } from '#events/values.ts';
import type { Coordinates } from '../coordinates.ts';
import { answerOn } from '../fold/answer.ts';
import type { Scene } from '../fold/scene.ts';
import { Scenes, type View, viewOf } from '../scenes.ts';
import { countUpTo } from '../search.ts';
import type { AgreementState } from '../state.ts';
import { Ahead } from './ahead.ts';
import { type Ground, groundOf, joined } from './joined.ts';
import { Recent } from './recent.ts';
import { Split } from './split.ts';
import type { Strand } from './strand.ts';
import { type TermView, viewOfTerm } from './term-view.ts';
import { Track } from './track.ts';

/** A term, and the first of the days on which an event bears on it and on nothing besides. */
export type Amended = { readonly termId: TermId; readonly from: DayNumber };

/** The first day of the stretch that a day lies in. */
const startOf = (limits: readonly DayNumber[], day: DayNumber): DayNumber =>
  limits[countUpTo(limits, day) - 1] ?? FIRST_DAY;

/** The days on which a track may say something else, in order; gathered when first asked for. */
const limitsOf = (tracks: readonly Track[]): (() => readonly DayNumber[]) => {
  let limits: readonly DayNumber[] | undefined;
  return () => {
    limits ??= [
      ...new Set(tracks.flatMap(({ rows }) => rows.flatMap(({ from, until }) => [from, until]))),
    ].toSorted((a, b) => a - b);
    return limits;
  };
};

/** Made when first asked for, from the tracks that there are now. */
const aheadOf = (tracks: readonly Track[]): (() => Ahead) => {
  let ahead: Ahead | undefined;
  return () => {
    ahead ??= new Ahead(tracks.flatMap(({ rows }) => rows));
    return ahead;
  };
};

/** The states of one agreement: its frame is folded, and the amendments beside it are looked up in their tracks. */
export class Tracks {
  readonly #agreementId: AgreementId;
  readonly #events: readonly Recorded[];
  readonly #split: Split;
  readonly #tracks = new Map<string, Track>();
  /** The terms in whose tracks events lie, by their indexes in the history. */
  readonly #amended = new Map<number, Amended>();
  #frame: Split['frame'];
  #scenes: Scenes;
  #taken = 0;
  #grounds = new WeakMap<AgreementState, Ground>();
  #recent = new Recent(1);
  #ahead = (): Ahead => new Ahead([]);
  #limits = (): readonly DayNumber[] => [];

  /** @param events grows behind its back */
  constructor(agreementId: AgreementId, events: readonly Recorded[]) {
    this.#agreementId = agreementId;
    this.#events = events;
    this.#split = new Split(events);
    this.#frame = this.#split.frame;
    this.#scenes = new Scenes(this.#frame.events);
  }

  /** What is known of everything but plain amendments. */
  scene(at: Coordinates): Scene {
    this.#catchUp();
    return this.#sceneOf(viewOf(this.#events, at));
  }

  /** @param at without assumptions */
  stateAt(at: Coordinates): AgreementState {
    this.#catchUp();
    const view = viewOf(this.#events, at);
    const sight = { ...view, day: parseDay(at.effectiveOn) };
    const inFrame = this.#inFrame(view);
    const abridged = this.#scenes.abridged(inFrame, sight.day);
    const scene = abridged ?? this.#scenes.of(inFrame);
    const frame = answerOn(scene, at, this.#agreementId);
    if (this.#tracks.size === 0 || frame.empty !== undefined) return frame;
    const from = () =>
      // What was left out may have had its days between.
      abridged !== undefined
        ? sight.day
        : Math.max(startOf(scene.limits, sight.day), startOf(this.#limits(), sight.day));
    return this.#recent.get(view, from, () => joined(this.#ground(frame, scene), sight));
  }

  /** What an event in a track bears on; undefined for an event of the frame. */
  amendedBy(place: number): Amended | undefined {
    this.#catchUp();
    return this.#amended.get(place);
  }

  /** One term that has a track, at coordinates without assumptions. */
  termAt(termId: TermId, at: Coordinates): TermView {
    this.#catchUp();
    const view = viewOf(this.#events, at);
    const scene = this.#sceneOf(view);
    const ground = this.#ground(answerOn(scene, at, this.#agreementId), scene);
    const sight = { ...view, day: parseDay(at.effectiveOn) };
    return viewOfTerm(ground, sight, termId, this.#tracks.get(termId));
  }

  /**
   * The days on which what is known at the coordinates may say something else, in order.
   * @param only of this term, where it has a track
   */
  limits(at: Coordinates, only?: TermId): readonly DayNumber[] {
    this.#catchUp();
    const view = viewOf(this.#events, at);
    const tracks = only === undefined ? [...this.#tracks.values()] : [this.#tracks.get(only)];
    const own = tracks.flatMap((track) =>
      (track?.rows ?? []).flatMap(({ place, from, until }) =>
        place < view.seen ? [from, until] : [],
      ),
    );
    const days = new Set([...this.#sceneOf(view).limits, ...own]);
    days.delete(NEVER);
    return [...days].toSorted((a, b) => a - b);
  }

  #noteAmended({ term: { termId }, places, rows }: Strand): void {
    for (const place of places) this.#amended.set(place, { termId, from: FIRST_DAY });
    for (const { place, from } of rows) {
      if (this.#events[place]?.type === 'TermAmended') this.#amended.set(place, { termId, from });
    }
  }

  #sceneOf(view: View): Scene {
    return this.#scenes.of(this.#inFrame(view));
  }

  #inFrame(view: View): View {
    return { ...view, seen: countUpTo(this.#frame.places, view.seen - 1) };
  }

  #ground(frame: AgreementState, scene: Scene): Ground {
    const known = this.#grounds.get(frame) ?? this.#groundOf(frame, scene);
    this.#grounds.set(frame, known);
    return known;
  }

  #groundOf(frame: AgreementState, scene: Scene): Ground {
    return groundOf({ frame, scene, ahead: this.#ahead }, this.#tracks);
  }

  #catchUp(): void {
    if (this.#taken === this.#events.length) return;
    this.#taken = this.#events.length;
    const { frame, strands } = this.#split.catchUp();
    if (frame !== this.#frame) this.#scenes = new Scenes(frame.events);
    this.#frame = frame;
    for (const termId of this.#tracks.keys()) {
      if (!strands.has(termId)) this.#tracks.delete(termId);
    }
    this.#amended.clear();
    for (const [termId, strand] of strands) {
      const { length } = strand.places;
      this.#noteAmended(strand);
      if (length > 0 && this.#tracks.get(termId)?.made !== length) {
        this.#tracks.set(termId, new Track(strand));
      }
    }
    this.#ahead = aheadOf([...this.#tracks.values()]);
    this.#limits = limitsOf([...this.#tracks.values()]);
    this.#grounds = new WeakMap();
    this.#recent = new Recent(this.#taken);
  }
}
