import { FIRST_DAY, isoDay, NEVER } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import { isChange } from '#events/event.ts';
import { dayOf, type EpochMs, startOfDay } from '#events/instants.ts';
import type { ChangeId } from '#events/values.ts';
import type { Dated } from './fold/dates.ts';
import { Fates } from './fold/fate.ts';
import type { Scene } from './fold/scene.ts';
import type { History } from './history.ts';

/** A change whose first day began after it had been recorded. */
export type TakingEffect = { readonly changeId: ChangeId; readonly dueAt: EpochMs };

/** What a recorded event means to somebody who follows the agreement. */
export type Label =
  | 'RETROACTIVE_CHANGE'
  | 'LATE_DISCOVERY'
  | 'RECORD_CORRECTED'
  | 'RECORD_RETRACTED';

/** Any day will do: a scene is the same on all of them. */
const upTo = (history: History, position: number): Scene =>
  history.scene({ effectiveOn: isoDay(0), position });

const dueAt = ({ from }: Dated, zone: string): EpochMs | undefined =>
  from <= FIRST_DAY || from >= NEVER ? undefined : startOfDay(from, zone);

const happens = (scene: Scene, dated: Dated): boolean =>
  new Fates(scene.arrows, dated.from).stands(dated);

/**
 * Changes whose first day begins in `(after, until]`, as known up to a position, in the order of that moment,
 * then of their ids. What was recorded when it was in force already is not among them.
 */
export const takingEffect = (
  history: History,
  position: number,
  [after, until]: readonly [EpochMs, EpochMs],
): readonly TakingEffect[] => {
  const scene = upTo(history, position);
  return scene.view
    .flatMap((dated) => {
      const due = dueAt(dated, scene.knowledge.zone);
      if (due === undefined || due <= after || due > until) return [];
      const ahead = dated.change.recordedAt < due && dated.change.type !== 'ConditionResolved';
      return ahead && happens(scene, dated) ? { changeId: dated.change.changeId, dueAt: due } : [];
    })
    .toSorted((a, b) => a.dueAt - b.dueAt || (a.changeId < b.changeId ? -1 : 1));
};

/** The place of the last event that was appended together with this one. */
export const paperEnd = (history: History, event: Recorded): number => {
  let { position } = event;
  for (const next of history.after(event.position)) {
    if (next.metadata.commandId !== event.metadata.commandId) break;
    position = next.position;
  }
  return position;
};

/** Late and retroactive are not the same: the first we learned late, the second the parties agreed late. */
const timing = (history: History, event: Recorded): readonly Label[] => {
  const scene = upTo(history, paperEnd(history, event));
  const dated = scene.view.find(({ change }) => change.eventId === event.id);
  if (dated === undefined || dated.from >= NEVER) return [];
  if (dated.from < dated.executedOn) return ['RETROACTIVE_CHANGE'];
  const late = dated.from < dayOf(event.recordedAt, scene.knowledge.zone);
  return late ? ['LATE_DISCOVERY'] : [];
};

/** The labels of an event, judged by what was known when it was recorded. */
export const labelsOf = (history: History, event: Recorded): readonly Label[] => {
  if (event.type === 'RecordCorrected') return ['RECORD_CORRECTED'];
  if (event.type === 'RecordRetracted') return ['RECORD_RETRACTED'];
  return isChange(event) ? timing(history, event) : [];
};
