import type { DayNumber } from '#events/days.ts';
import { canonicalDay } from '../fold/boundaries.ts';
import { undisturbedUntil } from '../fold/disturbances.ts';
import { byCode, merged } from '../fold/findings.ts';
import { pendingOn } from '../fold/pending.ts';
import type { Scene } from '../fold/scene.ts';
import { sheetOn } from '../fold/sheet.ts';
import { LazyFields } from '../lazy.ts';
import type { AgreementState } from '../state.ts';
import type { Ahead } from './ahead.ts';
import type { Sight } from './columns.ts';
import type { FrameOn, Track } from './track.ts';

/** A frame's answer, laid out to be joined with what tracks say. */
export type Ground = {
  readonly frame: AgreementState;
  readonly scene: Scene;
  readonly tracks: readonly Track[];
  readonly ahead: () => Ahead;
  /** The track of each term of the frame, in the same order. */
  readonly beside: readonly (Track | undefined)[];
  /** Whether anything is said anew of the tracks' amendments. */
  readonly isRevised: boolean;
  /** The fields of the frame up to what is scheduled. */
  readonly head: object;
};

type Joint = { readonly ground: Ground; readonly sight: Sight };

const scheduled = ({ ground, sight }: Joint): AgreementState['scheduled'] => {
  const { scene, ahead } = ground;
  const others = pendingOn(scene, canonicalDay(scene.limits, sight.day)).scheduled;
  return ahead().with(others, sight);
};

/** What a frame says to the tracks that look for findings. */
export const frameOnDay = ({ scene }: Ground, { day: now }: Sight): FrameOn => {
  const tableOn = (day: DayNumber) => sheetOn(scene, canonicalDay(scene.limits, day)).table;
  return {
    now: tableOn(now),
    ownDay: (from) => tableOn(undisturbedUntil(scene.disturbed, from, now)),
  };
};

const findings = ({ ground, sight }: Joint): AgreementState['findings'] => {
  const { frame, tracks } = ground;
  const frameOn = frameOnDay(ground, sight);
  const own = tracks.flatMap((track) => track.findings(frameOn, sight));
  return merged([...frame.findings, ...own]).toSorted(byCode);
};

/** In log order, as all that is said anew. */
const revised = ({ ground, sight }: Joint): AgreementState['revised'] => {
  const { changes, retracted } = ground.scene.knowledge;
  const places = new Map([...changes, ...retracted].map((one) => [one.changeId, one.position]));
  const others = ground.frame.revised.map((revision) => ({
    position: places.get(revision.changeId) ?? 0,
    revision,
  }));
  const own = ground.tracks
    .flatMap((track) => track.revised(sight))
    .map(({ row, revision }) => ({ position: row.change.position, revision }));
  return [...others, ...own]
    .toSorted((a, b) => a.position - b.position)
    .flatMap(({ revision }) => revision ?? []);
};

// They are as long as the history; many a reader looks at none of them.
const lazy = new LazyFields<Joint>();
const putScheduled = lazy.field('scheduled', scheduled);
const putFindings = lazy.field('findings', findings);
const putRevised = lazy.field('revised', revised);

export const groundOf = (
  { frame, scene, ahead }: Pick<Ground, 'frame' | 'scene' | 'ahead'>,
  tracks: ReadonlyMap<string, Track>,
): Ground => {
  const fields = Object.entries(frame);
  const head = fields.slice(0, Object.keys(frame).indexOf('scheduled'));
  return {
    frame,
    scene,
    ahead,
    tracks: [...tracks.values()],
    isRevised: tracks.values().some(({ isRevised }) => isRevised),
    beside: frame.terms.map(({ termId }) => tracks.get(termId)),
    head: Object.fromEntries(head),
  };
};

/** The answer of the frame with what the amendments in the tracks make of it; its fields in the same order. */
export const joined = (ground: Ground, sight: Sight): AgreementState => {
  const { frame, beside, head } = ground;
  const terms = frame.terms.map((term, place) => beside[place]?.at(term, sight) ?? term);
  const state: { -readonly [field in keyof AgreementState]?: AgreementState[field] } = {
    ...head,
    terms,
  };
  lazy.keep(state, { ground, sight });
  putScheduled(state);
  state.prospective = frame.prospective;
  state.lapsed = frame.lapsed;
  state.claims = frame.claims;
  state.possibly = frame.possibly;
  putFindings(state);
  if (ground.isRevised) putRevised(state);
  else state.revised = frame.revised;
  return state as AgreementState;
};
