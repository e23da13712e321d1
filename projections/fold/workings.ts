import type { DayNumber } from '#events/days.ts';
import type { Assumptions } from '../coordinates.ts';
import { withAssumed } from './assume.ts';
import { canonicalDay } from './boundaries.ts';
import type { Scene, Sheet } from './scene.ts';
import { sheetOn } from './sheet.ts';

/** What an answer was read off: everything known, with what is assumed, and the day worked out. */
export type Workings = { readonly scene: Scene; readonly sheet: Sheet };

/** The workings of a day. Every day of a stretch has the same, so without a what-if they are those of its first. */
export const workingsOn = (scene: Scene, day: DayNumber, assume?: Assumptions): Workings => {
  if (assume === undefined)
    return { scene, sheet: sheetOn(scene, canonicalDay(scene.limits, day)) };
  const supposed = withAssumed(scene, day, assume);
  return { scene: supposed, sheet: sheetOn(supposed, day) };
};
