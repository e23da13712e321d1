import type { DecidedChange } from './natural-key.ts';
import { type Path, type Rejection, rejection } from './rejections.ts';
import { changeNow, isChangeKnown, noted, type Scene } from './scene.ts';

type Next = (name: string) => readonly string[];

const traced = (back: ReadonlyMap<string, string>, from: string): readonly string[] => {
  const way: string[] = [];
  for (let at: string | undefined = from; at !== undefined; at = back.get(at)) way.unshift(at);
  return way;
};

/** The shortest way that follows the arrows from a name back to itself, both ends named; or none. */
const wayBack = (start: string, next: Next): readonly string[] | undefined => {
  const back = new Map<string, string>();
  const waiting = [start];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    for (const to of next(at)) {
      if (to === start) return [...traced(back, at), start];
      if (back.has(to)) continue;
      back.set(to, at);
      waiting.push(to);
    }
  }
  return undefined;
};

const shown = (way: readonly string[]): string => way.slice(0, 12).join(' → ');

/** Where the meaning of a term goes by one change. */
const successors = (change: DecidedChange | undefined, term: string): readonly string[] => {
  if (change?.type === 'TermsReplaced') {
    const { from, to } = change.data;
    return from.some((id) => id === term) ? to.map(({ termId }) => termId) : [];
  }
  if (change?.type !== 'AgreementRestated') return [];
  return change.data.mapping.flatMap(({ from, to }) =>
    from === term && to !== null && to !== from ? [to] : [],
  );
};

const left = (change: DecidedChange): readonly string[] => {
  if (change.type === 'TermsReplaced') return change.data.from;
  return change.type === 'AgreementRestated' ? change.data.mapping.map(({ from }) => from) : [];
};

const lineage = (change: DecidedChange, at: Path, scene: Scene): readonly Rejection[] => {
  const next: Next = (term) =>
    [...noted(scene, 'enders', term)].flatMap((id) => successors(changeNow(scene, id), term));
  const field = change.type === 'TermsReplaced' ? 'to' : 'mapping';
  for (const term of new Set(left(change))) {
    const way = wayBack(term, next);
    if (way !== undefined) {
      return [rejection('LineageLoops', [...at, field], { term, way: shown(way) })];
    }
  }
  return [];
};

/** The changes whose place a change takes: those it displaces and the one it voids. */
const overcome = (change: DecidedChange | undefined): readonly string[] => [
  ...(change?.data.displaces ?? []),
  ...(change?.type === 'ChangeVoided' ? [change.data.target] : []),
];

const rectified = (change: DecidedChange | undefined): readonly string[] =>
  change?.type === 'TermRectified' && change.data.target !== undefined ? [change.data.target] : [];

type Arrows = {
  readonly code: 'DisplacementLoops' | 'RectificationLoops';
  readonly field: string;
  readonly to: (change: DecidedChange | undefined) => readonly string[];
};

const among = (
  change: DecidedChange,
  { code, field, to }: Arrows,
  scene: Scene,
): readonly Rejection[] => {
  if (to(change).length === 0) return [];
  const next: Next = (id) =>
    to(changeNow(scene, id)).filter((other) => isChangeKnown(scene, other));
  const way = wayBack(change.data.changeId, next);
  if (way === undefined) return [];
  return [rejection(code, [field], { change: change.data.changeId, way: shown(way) })];
};

/** Refuses a change that closes a ring of successors, of displacements and voidings, or of rectifications. */
export const checkLoops = (change: DecidedChange, at: Path, scene: Scene): readonly Rejection[] => {
  const field = change.type === 'ChangeVoided' ? 'target' : 'displaces';
  const rings = [
    ...among(change, { code: 'DisplacementLoops', field, to: overcome }, scene),
    ...among(change, { code: 'RectificationLoops', field: 'target', to: rectified }, scene),
  ];
  return [
    ...lineage(change, at, scene),
    ...rings.map((ring) => ({ ...ring, path: [...at, ...ring.path] })),
  ];
};
