import { type Day, type DayNumber, isoDay } from '#events/days.ts';
import type { ChangeId } from '#events/values.ts';
import { canonicalJson } from './canonical.ts';
import type { Coordinates } from './coordinates.ts';
import type { Scene } from './fold/scene.ts';
import { type History, stateAt } from './history.ts';
import type { AgreementState } from './state.ts';

/** A maximal stretch of days `[from, until)` during which the terms in force do not change. */
export type Version = {
  /** 1, 2, 3 … along the effective axis, for one state of knowledge. */
  readonly number: number;
  readonly from: Day;
  /** First day of the next version; absent: open. */
  readonly until?: Day;
  /** Changes that start or end on its first day. */
  readonly changes: readonly ChangeId[];
};

/** What makes a version: the terms in force, whether they apply and are certain, and the standing. */
const signature = ({ terms, standing }: AgreementState): string =>
  canonicalJson([
    standing ?? null,
    terms.map(({ termId, value, applies, certain }) => [termId, value, applies, certain]),
  ]);

const startingOrEnding = (scene: Scene, day: DayNumber): readonly ChangeId[] =>
  scene.view
    .filter(({ from, until }) => from === day || until === day)
    .map(({ change }) => change.changeId);

/**
 * The versions along the effective axis for one state of knowledge. The first begins with the first day on
 * which a term is in force.
 */
export const versionsOf = (history: History, at: Coordinates): readonly Version[] => {
  const { assume: _, ...known } = at;
  const scene = history.scene(known);
  const found: { readonly from: DayNumber; readonly signature: string }[] = [];
  for (const day of scene.limits) {
    const state = stateAt(history, { ...known, effectiveOn: isoDay(day) });
    const now = signature(state);
    if (found.length === 0 && state.terms.length === 0) continue;
    if (found.at(-1)?.signature !== now) found.push({ from: day, signature: now });
  }
  return found.map(({ from }, i) => {
    const until = found[i + 1]?.from;
    return {
      number: i + 1,
      from: isoDay(from),
      ...(until !== undefined && { until: isoDay(until) }),
      changes: startingOrEnding(scene, from),
    };
  });
};
