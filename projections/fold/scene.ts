import type { DayNumber } from '#events/days.ts';
import type { AgreementState } from '../state.ts';
import type { Table } from './apply.ts';
import { boundaries } from './boundaries.ts';
import { Calendar, type Dated } from './dates.ts';
import { disturbances } from './disturbances.ts';
import { type FateArrows, type Fates, fateArrows } from './fate.ts';
import { Kept } from './kept.ts';
import type { Knowledge } from './knowledge.ts';
import { ordered } from './order.ts';
import type { Step } from './step.ts';

/** One day worked out: what was applied, in which order, and the terms that came of it. */
export type Sheet = {
  readonly day: DayNumber;
  readonly fates: Fates;
  readonly steps: readonly Step[];
  /** The candidates in the order in which they are applied, each once. */
  readonly applied: readonly Dated[];
  readonly table: Table;
};

/** Everything about an agreement that does not depend on the day asked about. */
export type Scene = {
  readonly knowledge: Knowledge;
  readonly calendar: Calendar;
  readonly executedBy: DayNumber;
  /** The changes in view, in their order. */
  readonly view: readonly Dated[];
  readonly arrows: FateArrows;
  /** The days on which an answer may change. */
  readonly limits: readonly DayNumber[];
  /** The days on which an earlier order is not simply continued. */
  readonly disturbed: readonly DayNumber[];
  /** Days already worked out, without what-ifs. */
  readonly sheets: Kept<Sheet>;
  readonly answers: Kept<AgreementState>;
};

/** Model §6.1 to §6.3, and the order of §6.5. */
export const sceneOf = (knowledge: Knowledge, executedBy: DayNumber): Scene => {
  const calendar = new Calendar(knowledge, executedBy);
  return withView({ knowledge, calendar, executedBy }, ordered(calendar.inView()));
};

/** The scene with these changes in view, in the order given. */
export const withView = (
  { knowledge, calendar, executedBy }: Pick<Scene, 'knowledge' | 'calendar' | 'executedBy'>,
  view: readonly Dated[],
): Scene => {
  const arrows = fateArrows(view);
  return {
    knowledge,
    calendar,
    executedBy,
    view,
    arrows,
    limits: boundaries(knowledge, view),
    disturbed: disturbances(knowledge, view, arrows),
    sheets: new Kept(view.length),
    answers: new Kept(view.length),
  };
};
