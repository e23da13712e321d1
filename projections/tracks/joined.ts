import { canonicalDay } from '../fold/boundaries.ts';
import { byCode, merged } from '../fold/findings.ts';
import { byStart, pendingChange, pendingOn } from '../fold/pending.ts';
import type { Scene } from '../fold/scene.ts';
import { sheetOn } from '../fold/sheet.ts';
import { LazyFields } from '../lazy.ts';
import type { AgreementState } from '../state.ts';
import type { Sight } from './columns.ts';
import type { Track } from './track.ts';

/** A frame's answer, laid out to be joined with what tracks say. */
export type Ground = {
  readonly frame: AgreementState;
  readonly scene: Scene;
  readonly tracks: readonly Track[];
  /** The track of each term of the frame, in the same order. */
  readonly beside: readonly (Track | undefined)[];
  /** The fields of the frame up to what is scheduled, from there to the findings, and behind them. */
  readonly parts: readonly [before: object, between: object, behind: object];
};

type Joint = { readonly ground: Ground; readonly sight: Sight };

const scheduled = ({ ground, sight }: Joint): AgreementState['scheduled'] => {
  const { scene, tracks } = ground;
  const day = canonicalDay(scene.limits, sight.day);
  const own = tracks.flatMap((track) => track.ahead(sight));
  return [...pendingOn(scene, day).scheduled, ...own]
    .toSorted(byStart)
    .map((dated) => pendingChange(dated, 'SCHEDULED', day));
};

const findings = ({ ground, sight }: Joint): AgreementState['findings'] => {
  const { frame, scene, tracks } = ground;
  const { live } = sheetOn(scene, canonicalDay(scene.limits, sight.day)).table;
  const own = tracks.flatMap((track) => track.findings(live.has(track.termId), sight));
  return merged([...frame.findings, ...own]).toSorted(byCode);
};

// Both are as long as the history; many a reader looks at neither.
const lazy = new LazyFields<Joint>();
const putScheduled = lazy.field('scheduled', scheduled);
const putFindings = lazy.field('findings', findings);

const fields = (frame: AgreementState, from: number, to?: number): object =>
  Object.fromEntries(Object.entries(frame).slice(from, to));

export const groundOf = (
  frame: AgreementState,
  scene: Scene,
  tracks: ReadonlyMap<string, Track>,
): Ground => {
  const names = Object.keys(frame);
  const [first, second] = [names.indexOf('scheduled'), names.indexOf('findings')];
  return {
    frame,
    scene,
    tracks: [...tracks.values()],
    beside: frame.terms.map(({ termId }) => tracks.get(termId)),
    parts: [fields(frame, 0, first), fields(frame, first + 1, second), fields(frame, second + 1)],
  };
};

/** The answer of the frame with what the amendments in the tracks make of it. */
export const joined = (ground: Ground, sight: Sight): AgreementState => {
  const { frame, beside, parts } = ground;
  const terms = frame.terms.map((term, place) => beside[place]?.at(term, sight) ?? term);
  const [before, between, behind] = parts;
  const state: object = { ...before, terms };
  lazy.keep(state, { ground, sight });
  putScheduled(state);
  Object.assign(state, between);
  putFindings(state);
  // The fields of an answer, in its order.
  return Object.assign(state, behind) as AgreementState;
};
