import type { DataOf } from '#events/event.ts';
import { type ChangeId, strength } from '#events/values.ts';
import { actsOn, brings, type Dated, isReplacing } from './change.ts';
import type { Fate } from './fate.ts';
import { shared } from './fields.ts';
import { type Step, Table } from './table.ts';

/** The changes one question takes into account. */
export type Scene = {
  /** Those that are known, retracted or not executed in time included. */
  readonly all: readonly Dated[];
  readonly active: readonly Dated[];
  readonly fate: Fate;
  readonly resolutions: readonly DataOf<'ConflictResolved'>[];
};

/** Start, execution, instrument's grade (weakest first), position; assumed changes behind all. */
export const inOrder = (a: Dated, b: Dated): number => {
  const assumed = (a.assumed ?? -1) - (b.assumed ?? -1);
  if (assumed !== 0) return assumed;
  return (
    a.day - b.day ||
    a.executed - b.executed ||
    strength(a.instrumentGrade) - strength(b.instrumentGrade) ||
    a.position - b.position
  );
};

export const isCandidate = (change: Dated, day: number, fate: Fate): boolean =>
  change.day <= day && day < change.endDay && fate.stands(change, day);

/** Which of two comes first in the order. */
type First = (a: Dated, b: Dated) => number;

/** Of all that took it away by the day, what came first. */
const goneBy = (change: Dated, day: number, fate: Fate, first: First): Step['gone'] => {
  const voidings = fate.voidings(change, day).toSorted(first);
  const isAbInitio = ({ body: { type, data } }: Dated) => type === 'ChangeVoided' && data.abInitio;
  if (voidings.some(isAbInitio)) return undefined;
  const [voiding] = voidings;
  const [displacer] = fate.displacers(change, day).toSorted(first);
  const all: NonNullable<Step['gone']>[] = [
    ...(voiding ? [{ standing: 'VOIDED' as const, causedBy: voiding.id, day: voiding.day }] : []),
    ...(displacer
      ? [{ standing: 'REPLACED' as const, causedBy: displacer.id, day: displacer.day }]
      : []),
    ...(change.endDay <= day
      ? [{ standing: 'EXPIRED' as const, causedBy: change.id, day: change.endDay }]
      : []),
  ];
  const gone = all.toSorted((a, b) => a.day - b.day)[0];
  return gone !== undefined && change.day < gone.day ? gone : undefined;
};

const stepOf = (change: Dated, day: number, fate: Fate, first: First): Step[] => {
  if (change.day > day) return [];
  if (isCandidate(change, day, fate)) return [{ change, how: 'APPLY' }];
  if (isReplacing(change.body) && fate.stands(change, day)) return [{ change, how: 'ENDED' }];
  const gone = goneBy(change, day, fate, first);
  return brings(change.body).length > 0 && gone !== undefined
    ? [{ change, how: 'GONE', gone }]
    : [];
};

const bringsOne = (step: Step, of: Dated): boolean => {
  if (step.how !== 'APPLY' || step.change.day !== of.day || step.change.id === of.id) return false;
  const terms = actsOn(of.body);
  return brings(step.change.body).some((termId) => terms.includes(termId));
};

/** Where the step at `index` must wait to: right behind that index; -1: it does not wait. */
const waitsFor = (steps: readonly Step[], index: number): number => {
  const step = steps[index];
  if (step === undefined || step.how !== 'APPLY') return -1;
  const terms = actsOn(step.change.body);
  const table = new Table();
  for (const before of steps.slice(0, index)) table.apply(before);
  if (terms.length === 0 || terms.some((termId) => table.has(termId))) return -1;
  const last = steps.findLastIndex((other) => bringsOne(other, step.change));
  return last > index ? last : -1;
};

/** Each change waits once at most. */
const waited = (ordered: readonly Step[]): Step[] => {
  const steps = [...ordered];
  const moved = new Set<ChangeId>();
  for (let index = 0; index < steps.length; ) {
    const step = steps[index];
    const behind = waitsFor(steps, index);
    if (step === undefined || behind < 0 || moved.has(step.change.id)) {
      index++;
      continue;
    }
    steps.splice(index, 1);
    // Those that wait behind the same one already keep their order.
    let place = behind;
    while (moved.has(steps[place]?.change.id ?? ('' as ChangeId))) place++;
    moved.add(step.change.id);
    steps.splice(place, 0, step);
  }
  return steps;
};

/** Each rectification right behind its target, those of one target in their own order. */
const behindTargets = <T>(
  some: readonly T[],
  all: readonly T[],
  targetOf: (one: T) => T | undefined,
): T[] =>
  some.flatMap((one) => {
    const its = all.filter((other) => targetOf(other) === one);
    return [one, ...behindTargets(its, all, targetOf)];
  });

/** Of those here, what a change rectifies, or what that rectifies in turn. */
const nearest = <T>(
  change: Dated,
  all: readonly Dated[],
  here: (id: ChangeId) => T | undefined,
) => {
  const seen = new Set<ChangeId>();
  let at: Dated | undefined = change;
  while (at?.target !== undefined && !seen.has(at.id)) {
    seen.add(at.id);
    const { target }: Dated = at;
    const found = here(target);
    if (found !== undefined) return found;
    at = all.find(({ id }) => id === target);
  }
  return undefined;
};

/** All changes in order, each rectification behind its target whether that is applied or not. */
const everyInOrder = ({ active, all }: Scene): Dated[] => {
  const sorted = active.toSorted(inOrder);
  // What is assumed stays behind all that is not.
  const isAssumed = (change: Dated) => change.assumed !== undefined;
  const targetOf = (change: Dated) =>
    nearest(change, all, (target) =>
      sorted.find((one) => one.id === target && isAssumed(one) === isAssumed(change)),
    );
  const bases = sorted.filter((change) => targetOf(change) === undefined);
  return behindTargets(bases, sorted, targetOf);
};

const again = (steps: Step[], { winner, changes }: DataOf<'ConflictResolved'>): void => {
  const isApplied = ({ how }: Step) => how === 'APPLY' || how === 'AGAIN';
  const lastOf = (id: ChangeId) =>
    steps.findLastIndex((step) => step.change.id === id && isApplied(step));
  if (winner === undefined) return;
  const at = steps[lastOf(winner)];
  const others = changes.filter((id) => id !== winner && lastOf(id) >= 0);
  const last = Math.max(-1, ...others.map(lastOf));
  if (at === undefined || last < lastOf(winner)) return;
  const bodies = others.flatMap((id) => steps[lastOf(id)]?.change.body ?? []);
  const fields = new Set(bodies.flatMap((body) => shared(at.change.body, body)));
  if (fields.size > 0) steps.splice(last + 1, 0, { change: at.change, how: 'AGAIN', fields });
};

/** What is applied on a day, in order (§6.5). */
export const stepsOn = (scene: Scene, day: number): Step[] => {
  const { all, fate, resolutions } = scene;
  const order = everyInOrder(scene);
  const first = (a: Dated, b: Dated) => order.indexOf(a) - order.indexOf(b);
  const some = order.flatMap((change) => stepOf(change, day, fate, first));
  const targetOf = ({ change }: Step): Step | undefined =>
    nearest(change, all, (target) => some.find((other) => other.change.id === target));
  const bases = some.filter((step) => targetOf(step) === undefined);
  const steps = behindTargets(waited(bases), some, targetOf);
  for (const resolution of resolutions) again(steps, resolution);
  return steps;
};

export const tableOf = (steps: readonly Step[]): Table => {
  const table = new Table();
  for (const step of steps) table.apply(step);
  return table;
};

/** The candidates in the order in which they are applied, each once. */
export const candidatesOf = (steps: readonly Step[]): Dated[] =>
  steps.filter(({ how }) => how === 'APPLY').map(({ change }) => change);
