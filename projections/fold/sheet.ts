import type { DayNumber } from '#events/days.ts';
import { Table } from './apply.ts';
import type { Dated } from './dates.ts';
import { Fates, fateArrows } from './fate.ts';
import type { Scene } from './scene.ts';
import type { Step } from './step.ts';
import { withWaiting } from './waiting.ts';
import { withWinners } from './winners.ts';

/** One day worked out: what was applied, in which order, and the terms that came of it. */
export type Sheet = {
  readonly day: DayNumber;
  readonly fates: Fates;
  readonly steps: readonly Step[];
  readonly table: Table;
};

const NOTHING: readonly Dated[] = [];

/** A replacement whose end has come keeps its place, unless what it ended comes back. */
const lingers = ({ change }: Dated): boolean =>
  (change.type === 'TermsReplaced' || change.type === 'AgreementRestated') &&
  change.data.revives !== true;

const stepOn = (dated: Dated, day: DayNumber): Step | undefined => {
  if (day < dated.until) return { dated, how: 'applied' };
  return lingers(dated) ? { dated, how: 'ended' } : undefined;
};

/** Model §6.4 to §6.6 on one day; `assumed` changes, which start on it, stand behind all others. */
const workOut = (scene: Scene, day: DayNumber, assumed: readonly Dated[]): Sheet => {
  const taken = new Set(assumed.map(({ change }) => change));
  const arrows = taken.size === 0 ? scene.arrows : fateArrows([...scene.view, ...assumed]);
  const fates = new Fates(arrows, day, taken);
  const actual = scene.view.filter((dated) => !taken.has(dated.change));
  const candidates = [...actual, ...assumed]
    .filter((dated) => dated.from <= day && fates.stands(dated))
    .flatMap((dated) => stepOn(dated, day) ?? []);
  const steps = withWinners(withWaiting(candidates), scene.knowledge.conflicts);
  const table = new Table();
  for (const step of steps) table.apply(step);
  return { day, fates, steps, table };
};

/** The day as it is, or as it would be with the assumed changes. */
export const sheetOn = (scene: Scene, day: DayNumber, assumed = NOTHING): Sheet =>
  assumed.length > 0
    ? workOut(scene, day, assumed)
    : scene.sheets.get(day, () => workOut(scene, day, NOTHING));
