import { type DayNumber, FIRST_DAY, isoDay, NEVER } from '#events/days.ts';
import { bounds } from '#events/edtf.ts';
import type { ChangeId } from '#events/values.ts';
import { consentsOn } from './fold/around.ts';
import { beginning } from './fold/bounds.ts';
import type { Dated } from './fold/dates.ts';
import { Fates } from './fold/fate.ts';
import { overlaysOn } from './fold/overlays.ts';
import type { Scene } from './fold/scene.ts';
import { sheetOn } from './fold/sheet.ts';
import { wholeOn } from './fold/whole.ts';
import type { History } from './history.ts';

/** What lies ahead of a change, as known up to a position; NEVER where nothing does. */
export type Prospect = {
  /** Its first day, if it stands on it. */
  readonly starts: DayNumber;
  /** The first day on which it, or what it says of the agreement's end, is over, if it still shows until then. */
  readonly ends: DayNumber;
  /** The last day on which its conditions can be met, while they are not. */
  readonly longStop: DayNumber;
  readonly lapses: DayNumber;
  /** The conditions that it still waits for. */
  readonly conditions: readonly string[];
};

const isDay = (day: DayNumber): boolean => day > FIRST_DAY && day < NEVER;

const stands = (scene: Scene, dated: Dated, day: DayNumber): boolean =>
  new Fates(scene.arrows, day).stands(dated);

const startOf = (scene: Scene, dated: Dated): DayNumber => {
  const { from, change } = dated;
  // A condition's own day is news by what waits for it.
  const counts = change.type !== 'ConditionResolved' && isDay(from) && stands(scene, dated, from);
  return counts ? from : NEVER;
};

const waitsOf = (scene: Scene, dated: Dated) => {
  const { waits, change } = dated;
  const none = { longStop: NEVER, lapses: NEVER, conditions: [] };
  if (waits === undefined || typeof change.from === 'string') return none;
  const open = waits.conditions.filter(({ met }) => met >= NEVER);
  const conditions = open.map(({ conditionId }) => conditionId);
  const { longStop } = change.from;
  const { uncertain } = scene.knowledge.reading;
  const stop = longStop === undefined ? NEVER : beginning(bounds(longStop), uncertain);
  if (isDay(waits.lapses) && !stands(scene, dated, waits.lapses)) return none;
  // A failed condition is lost before its long stop.
  const waiting = waits.lapses > stop && open.length > 0 && isDay(stop);
  return { longStop: waiting ? stop : NEVER, lapses: waits.lapses, conditions };
};

/** Whether a change still shows on its last day: nothing has taken its place meanwhile. */
const shows = (scene: Scene, dated: Dated, day: DayNumber): boolean => {
  const sheet = sheetOn(scene, day);
  const whole = wholeOn(scene, sheet);
  const { change } = dated;
  if (whole.standing !== undefined || !sheet.applied.includes(dated)) return false;
  if (change.type === 'OverlayApplied') {
    return overlaysOn(sheet).some((covering) => covering.dated === dated);
  }
  if (change.type === 'ConsentGranted') {
    return consentsOn(sheet).some(({ changeId }) => changeId === change.changeId);
  }
  if (change.acts.length === 0 && change.brings.length === 0) return true;
  return [...sheet.table.live.values()].some(({ causes }) => causes.includes(dated));
};

const endOf = (scene: Scene, dated: Dated): DayNumber => {
  const { until } = dated;
  return isDay(until) && shows(scene, dated, until - 1) ? until : NEVER;
};

const agreementEnd = (scene: Scene, dated: Dated): DayNumber => {
  const { change } = dated;
  if (change.type !== 'AgreementAmended' || typeof change.data.endsOn !== 'string') return NEVER;
  const day = bounds(change.data.endsOn).earliest;
  if (!isDay(day)) return NEVER;
  const whole = wholeOn(scene, sheetOn(scene, day - 1));
  return whole.endStatedBy === dated && whole.standing === undefined ? day : NEVER;
};

const known = (history: History, changeId: ChangeId, position: number) => {
  const scene = history.scene({ effectiveOn: isoDay(0), position });
  const dated = scene.view.find(({ change }) => change.changeId === changeId);
  return dated && { scene, dated };
};

/** Whether a change may have an end to speak of, so that what is said beside it matters. */
export const mayEnd = (data: object): boolean => 'effectiveUntil' in data || 'endsOn' in data;

/** What lies ahead of a change; undefined where it is not known. */
export const prospectOf = (
  history: History,
  changeId: ChangeId,
  position: number,
): Prospect | undefined => {
  const found = known(history.part(changeId), changeId, position);
  if (found === undefined) return undefined;
  const { scene, dated } = found;
  const around = mayEnd(dated.change.data)
    ? known(history.part(changeId, true), changeId, position)
    : undefined;
  const ends = around
    ? Math.min(endOf(around.scene, around.dated), agreementEnd(around.scene, around.dated))
    : NEVER;
  return { starts: startOf(scene, dated), ends, ...waitsOf(scene, dated) };
};
