import type { TermId } from '#events/values.ts';
import { standsBehind } from './order.ts';
import { revives, type Step } from './step.ts';

/** Which terms are there once a step is applied. */
const shift = (there: Set<TermId>, { dated, how }: Step): void => {
  const { acts, ends, brings } = dated.change;
  if (how === 'applied') {
    for (const termId of ends) there.delete(termId);
    for (const termId of brings) there.add(termId);
  }
  if (how !== 'ended') return;
  const back = revives(dated) ? acts.filter((termId) => there.has(termId)) : [];
  for (const termId of [...ends, ...brings]) if (!back.includes(termId)) there.delete(termId);
};

/** A rectification stays right behind its target, so the two move and are passed together. */
const blockEnd = (steps: readonly Step[], at: number): number => {
  const block = new Set<Step['dated']['change']>();
  let end = at;
  for (let step = steps[at]; step !== undefined; step = steps[end + 1]) {
    if (block.size > 0 && standsBehind(step.dated, block) === undefined) break;
    if (block.size > 0) end++;
    block.add(step.dated.change);
  }
  return end;
};

/** Where the last later step of the same start day brings in one of the terms; -1: nowhere. */
const lastBringer = (steps: readonly Step[], at: number, terms: readonly TermId[]): number => {
  const day = steps[at]?.dated.from;
  let last = -1;
  for (let i = at + 1; i < steps.length && steps[i]?.dated.from === day; i++) {
    const { dated, how } = steps[i] ?? {};
    if (how !== 'applied') continue;
    if (dated?.change.brings.some((termId) => terms.includes(termId))) last = i;
  }
  return last;
};

const mustWait = (step: Step, there: ReadonlySet<TermId>): boolean => {
  const { acts } = step.dated.change;
  return step.how === 'applied' && acts.length > 0 && !acts.some((termId) => there.has(termId));
};

/** Steps that already wait behind the same bringer keep their order. */
const behind = (steps: readonly Step[], at: number, waiters: ReadonlySet<Step>): number => {
  let place = blockEnd(steps, at);
  for (let next = steps[place + 1]; next !== undefined && waiters.has(next); place++) {
    next = steps[place + 2];
  }
  return place;
};

/**
 * Model §6.5 and §6.12: a change none of whose terms is there goes right behind the last change of its start
 * day that brings one in.
 */
export const withWaiting = (ordered: readonly Step[]): readonly Step[] => {
  const steps = [...ordered];
  const there = new Set<TermId>();
  const waiters = new Set<Step>();
  const here = new Set(ordered.map(({ dated }) => dated.change));
  for (let at = 0; at < steps.length; ) {
    const step = steps[at];
    if (step === undefined) break;
    const bringer = mayWait(step) ? lastBringer(steps, at, step.dated.change.acts) : -1;
    if (bringer < 0) {
      shift(there, step);
      at++;
      continue;
    }
    const place = behind(steps, bringer, waiters);
    const block = steps.splice(at, blockEnd(steps, at) - at + 1);
    steps.splice(place - block.length + 1, 0, ...block);
    for (const moved of block) waiters.add(moved);
  }
  return steps;

  function mayWait(step: Step): boolean {
    return (
      standsBehind(step.dated, here) === undefined && !waiters.has(step) && mustWait(step, there)
    );
  }
};
