import { type Fact, factKey } from '#events/facts.ts';
import type { Term, TermValues } from '#events/terms.ts';
import { same } from './differences.ts';
import type { DecidedChange } from './natural-key.ts';
import { type Path, type Rejection, rejection } from './rejections.ts';
import { changeNow, everSaidOf, noted, type Scene } from './scene.ts';

type Fields = { readonly [name: string]: unknown };

/** A cleared value and an absent one are the same. */
const equal = (one: unknown, other: unknown): boolean => same(one ?? undefined, other ?? undefined);

const keyOf = (value: Fact | null | undefined): string =>
  value === null || value === undefined ? '' : factKey(value);

/** True when every field that `values` sets has that value in `there` already. */
const saysNothing = (values: TermValues, there: Term): boolean => {
  const { facts = {}, ...rest } = values;
  const fields: Fields = there;
  const known = there.facts ?? {};
  return (
    Object.entries(rest).every(([name, value]) => equal(value, fields[name])) &&
    Object.entries(facts).every(([name, value]) => keyOf(value) === keyOf(known[name]))
  );
};

const broughtBy = (change: DecidedChange, term: string): Term | undefined => {
  if (change.type === 'TermAdded') return change.data;
  if (change.type === 'TermsReplaced') return change.data.to.find(({ termId }) => termId === term);
  if (change.type !== 'AgreementRestated') return undefined;
  return change.data.terms.find(({ termId }) => termId === term);
};

/** What the term says on every day in every knowledge, where one change has ever touched it and never wavered. */
const onlyValue = (scene: Scene, term: string, but: string): Term | undefined => {
  const [bringer, another] = noted(scene, 'shapers', term)
    .filter((id) => id !== but)
    .take(2);
  if (bringer === undefined || another !== undefined) return undefined;
  const [said, ...corrected] = everSaidOf(scene, bringer);
  if (said === undefined || corrected.length > 0) return undefined;
  return changeNow(scene, bringer) === undefined ? undefined : broughtBy(said, term);
};

const changesNothing = (change: DecidedChange, scene: Scene): boolean => {
  if (change.type === 'AgreementAmended') {
    const { title, endsOn, survives, description } = change.data;
    return [title, endsOn, survives, description].every((value) => value === undefined);
  }
  if (change.type === 'AgreementRestated') {
    return change.data.terms.length === 0 && change.data.mapping.length === 0;
  }
  if (change.type !== 'TermAmended') return false;
  const { values, termId, changeId } = change.data;
  const only = onlyValue(scene, termId, changeId);
  return only !== undefined && saysNothing(values, only);
};

/** Refuses a change that would change nothing whatever is known; where that is in doubt, it passes. */
export const checkNothingChanged = (
  change: DecidedChange,
  at: Path,
  scene: Scene,
): readonly Rejection[] => {
  if (!changesNothing(change, scene)) return [];
  return [rejection('NothingChanged', at, { what: `Change ${change.data.changeId}` })];
};
