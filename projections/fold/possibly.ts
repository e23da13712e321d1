import type { DayNumber } from '#events/days.ts';
import type { Bounds } from '#events/edtf.ts';
import type { Possibility } from '../state.ts';
import { termsOf } from './change.ts';
import type { Dated } from './dates.ts';
import type { Scene, Sheet } from './scene.ts';
import type { Whole } from './whole.ts';

const liesIn = (date: Bounds, day: DayNumber): boolean => date.earliest <= day && day < date.latest;

const ofChange = (dated: Dated, day: DayNumber): readonly Possibility[] => {
  const { change } = dated;
  const terms = termsOf(change);
  const entry = (what: Possibility['what']) => ({ change: change.changeId, what, terms });
  return [
    ...(liesIn(dated.start, day) ? [entry('STARTED')] : []),
    ...(liesIn(dated.end, day) ? [entry('ENDED')] : []),
  ];
};

const agreementEnd = (sheet: Sheet, whole: Whole): readonly Possibility[] => {
  if (whole.end === undefined || whole.endStatedBy === undefined) return [];
  if (!liesIn(whole.end, sheet.day)) return [];
  const terms = [...sheet.table.live.keys()].filter((termId) => !whole.outlives(termId));
  return [{ change: whole.endStatedBy.change.changeId, what: 'EXPIRED', terms }];
};

/** Model §6.11: one entry for every bound that the day lies in; pinned dates have none. */
export const possiblyOn = (scene: Scene, sheet: Sheet, whole: Whole): readonly Possibility[] => {
  const { day, fates } = sheet;
  const changes = scene.view
    .filter((dated) => liesIn(dated.start, day) || liesIn(dated.end, day))
    .filter((dated) => fates.stands(dated))
    .toSorted((a, b) => a.change.position - b.change.position)
    .flatMap((dated) => ofChange(dated, day));
  return [...changes, ...agreementEnd(sheet, whole)];
};
