import { bounds } from '#events/edtf.ts';
import { checkReferences } from './check-references.ts';
import { checkLoops } from './loops.ts';
import type { DecidedChange } from './natural-key.ts';
import { didYouMean } from './nearest.ts';
import { checkNothingChanged } from './nothing-changed.ts';
import { type Path, type Rejection, rejection } from './rejections.ts';
import {
  changeNow,
  everSaidOf,
  instrumentNow,
  isChangeKnown,
  noted,
  type Scene,
  zoneOf,
} from './scene.ts';
import { startOf, writtenStart } from './starts.ts';

type Check = (change: DecidedChange, at: Path, scene: Scene) => readonly Rejection[];

/** Refuses an end before the first day on which the change may start. */
export const checkDates: Check = (change, at, scene) => {
  const until = change.data.effectiveUntil;
  if (until === undefined) return [];
  const instrument = instrumentNow(scene, change.data.instrumentId);
  const { earliest } = startOf(change, instrument, zoneOf(scene));
  if (bounds(until).latest >= earliest) return [];
  const what = `Change ${change.data.changeId}`;
  const from = writtenStart(change, instrument);
  return [rejection('EndsBeforeStart', [...at, 'effectiveUntil'], { what, from, until })];
};

const repeated = (ids: readonly string[]): readonly number[] => {
  const seen = new Set<string>();
  return ids.flatMap((id, index) => {
    if (seen.has(id)) return [index];
    seen.add(id);
    return [];
  });
};

/** A change states or ends each term once; a restatement may map one term to several. */
const checkTwice: Check = (change, at) => {
  const twice = (ids: readonly string[], field: string) =>
    repeated(ids).map((index) =>
      rejection('TermTwice', [...at, field, index], { term: ids[index] ?? '' }),
    );
  if (change.type === 'AgreementRestated') {
    return twice(
      change.data.terms.map(({ termId }) => termId),
      'terms',
    );
  }
  if (change.type !== 'TermsReplaced') return [];
  const brought = change.data.to.map(({ termId }) => termId);
  return [...twice(change.data.from, 'from'), ...twice(brought, 'to')];
};

const changeNames = function* (scene: Scene): Iterable<string> {
  yield* scene.changes.keys();
  for (const key of scene.state.byKey.keys()) {
    if (key.startsWith('change:')) yield key.slice('change:'.length);
  }
};

/** A change id that nothing answers to. */
export const noSuchChange = (id: string, path: Path, scene: Scene): Rejection =>
  rejection('NoSuchChange', path, { change: id, nearest: didYouMean(id, changeNames(scene)) });

const isResolution = (scene: Scene, id: string): boolean =>
  everSaidOf(scene, id).some(({ type }) => type === 'ConditionResolved');

const notVoidable = (id: string, path: Path, scene: Scene): readonly Rejection[] =>
  isResolution(scene, id) ? [rejection('ConditionNotVoidable', path, { change: id })] : [];

const checkDisplaced: Check = (change, at, scene) =>
  (change.data.displaces ?? []).flatMap((id, index) => {
    const path = [...at, 'displaces', index];
    if (!isChangeKnown(scene, id)) return [noSuchChange(id, path, scene)];
    return notVoidable(id, path, scene);
  });

const checkTarget: Check = (change, at, scene) => {
  if (change.type !== 'ChangeVoided' && change.type !== 'TermRectified') return [];
  const target = change.data.target;
  if (target === undefined) return [];
  const path = [...at, 'target'];
  if (!isChangeKnown(scene, target)) {
    const nearest = didYouMean(target, changeNames(scene));
    return [rejection('NoSuchTarget', path, { target, nearest })];
  }
  if (change.type === 'ChangeVoided') return notVoidable(target, path, scene);
  const { termId } = change.data;
  if (noted(scene, 'shapers', termId).some((id) => id === target)) return [];
  return [rejection('TargetElsewhere', path, { target, term: termId })];
};

const checkResolvedOnce: Check = (change, at, scene) => {
  if (change.type !== 'ConditionResolved') return [];
  const { conditionId, changeId } = change.data;
  const earlier = noted(scene, 'resolvers', conditionId).find((id) => {
    const other = id === changeId ? undefined : changeNow(scene, id);
    return other?.type === 'ConditionResolved' && other.data.conditionId === conditionId;
  });
  if (earlier === undefined) return [];
  const details = { condition: conditionId, change: earlier };
  return [rejection('ConditionAlreadyResolved', [...at, 'conditionId'], details)];
};

const CHECKS: readonly Check[] = [
  checkDates,
  checkTwice,
  checkReferences,
  checkDisplaced,
  checkTarget,
  checkResolvedOnce,
  checkLoops,
  checkNothingChanged,
];

/**
 * Refuses what can not be so in any knowledge. What is unusual but possible passes: it becomes a finding of the
 * readings. `at` is the place of the change's fields inside the command.
 */
export const checkChange: Check = (change, at, scene) =>
  CHECKS.flatMap((check) => check(change, at, scene));
