import type { DayNumber } from '#events/days.ts';
import { Table } from './apply.ts';
import type { Dated } from './dates.ts';
import { fallenBy } from './fallen.ts';
import { Fates } from './fate.ts';
import type { Scene, Sheet } from './scene.ts';
import type { Step } from './step.ts';
import { withWaiting } from './waiting.ts';
import { withWinners } from './winners.ts';

const replaces = ({ change }: Dated): boolean =>
  change.type === 'TermsReplaced' || change.type === 'AgreementRestated';

const stepOn = (dated: Dated, fates: Fates, day: DayNumber): Step | undefined => {
  const stands = fates.stands(dated);
  if (stands && day < dated.until) return { dated, how: 'applied' };
  if (stands && replaces(dated)) return { dated, how: 'ended' };
  const ending = fallenBy(dated, fates, day);
  return ending && { dated, how: 'gone', ending };
};

/** Model §6.4 to §6.6 on one day. */
const workOut = ({ view, arrows, knowledge }: Scene, day: DayNumber): Sheet => {
  const fates = new Fates(arrows, day);
  const begun = view.filter(({ from }) => from <= day);
  const candidates = begun.flatMap((dated) => stepOn(dated, fates, day) ?? []);
  const steps = withWinners(withWaiting(candidates), knowledge.conflicts);
  const table = new Table();
  for (const step of steps) table.apply(step);
  const applied = steps
    .filter(({ how, again }) => how === 'applied' && again === undefined)
    .map(({ dated }) => dated);
  return { day, fates, steps, applied, table };
};

/** The day as it is; for a what-if, take the scene with what is assumed. */
export const sheetOn = (scene: Scene, day: DayNumber): Sheet =>
  scene.sheets.get(day, () => workOut(scene, day));
