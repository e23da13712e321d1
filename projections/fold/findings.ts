import type { DataOf } from '#events/event.ts';
import { FINDING_CODES } from '#events/record.ts';
import type { Finding } from '../state.ts';
import { termsOf } from './change.ts';
import type { Dated } from './dates.ts';
import { undisturbedUntil } from './disturbances.ts';
import { judge } from './judge.ts';
import { message } from './messages.ts';
import type { Covering } from './overlays.ts';
import type { Raw } from './raw-finding.ts';
import type { Scene, Sheet } from './scene.ts';
import { sheetOn } from './sheet.ts';
import { outOfOrder } from './source-order.ts';
import { fieldsAgain } from './step.ts';
import { narrowed, type Touch } from './touch.ts';

/** What the amendments of the agreement say of its own fields. */
const ownTouches = (sheet: Sheet): readonly Touch[] =>
  sheet.steps.flatMap((step) => {
    const { dated, how } = step;
    if (how !== 'applied' || dated.change.type !== 'AgreementAmended') return [];
    const { title, endsOn, survives, description } = dated.change.data;
    const stated = Object.entries({ title, endsOn, survives, description });
    const said = stated.filter(([, value]) => value !== undefined);
    const says = new Map(said.map(([field, value]) => [field, JSON.stringify(value)]));
    const touch = { dated, whole: false, says };
    const again = fieldsAgain(step, undefined);
    return again === undefined ? touch : narrowed(touch, again);
  });

const judged = (sheet: Sheet): readonly Raw[] => {
  const own = judge(ownTouches(sheet)).map((found) => ({ ...found, terms: [] }));
  const terms = [...sheet.table.touches].flatMap(([termId, touches]) =>
    judge(touches).map((found) => ({ ...found, terms: [termId] })),
  );
  return [...own, ...terms];
};

/** The sheet to read off what a change met on its own start day. */
const ownDay = (scene: Scene, sheet: Sheet, { from }: Dated): Sheet => {
  const day = undisturbedUntil(scene.disturbed, from, sheet.day);
  return day === sheet.day ? sheet : sheetOn(scene, day);
};

/** Remarks of each applied change on its own start day. */
const remarked = (scene: Scene, sheet: Sheet): readonly Raw[] =>
  sheet.applied.flatMap((dated) => {
    const remarks = ownDay(scene, sheet, dated).table.remarks.get(dated.change) ?? [];
    const changes = [dated.change.changeId];
    return remarks.map(({ code, terms }) => ({ code, changes, terms }));
  });

const pairs = (coverings: readonly Covering[]) =>
  coverings.flatMap((a, i) => coverings.slice(i + 1).map((b) => [a, b] as const));

const overlapping = (coverings: readonly Covering[]): readonly Raw[] =>
  pairs(coverings).flatMap(([a, b]) => {
    const terms = [...a.terms].filter((termId) => b.terms.has(termId));
    if (terms.length === 0) return [];
    const changes = [a.dated.change.changeId, b.dated.change.changeId];
    return { code: 'OVERLAPPING_OVERLAYS' as const, changes, terms };
  });

/** Its instrument or target was retracted, or every other change that brought a term in that it acts on. */
const depends = (scene: Scene, { change }: Dated, retracted: ReadonlySet<string>): boolean => {
  if (change.instrumentRetracted) return true;
  const target = 'target' in change.data ? change.data.target : undefined;
  if (target !== undefined && retracted.has(target)) return true;
  return change.acts.some((termId) => {
    const bringers = scene.calendar.bringers(termId).filter((bringer) => bringer !== change);
    return bringers.length > 0 && bringers.every((bringer) => retracted.has(bringer.changeId));
  });
};

const dependent = (scene: Scene, sheet: Sheet): readonly Raw[] => {
  if (!scene.knowledge.someRetracted) return [];
  const retracted = new Set(scene.knowledge.retracted.map((change) => change.changeId as string));
  return sheet.applied
    .filter((dated) => depends(scene, dated, retracted))
    .map(({ change }) => ({
      code: 'DEPENDS_ON_RETRACTED' as const,
      changes: [change.changeId],
      terms: termsOf(change),
    }));
};

const cleared = (raw: Raw, conflicts: readonly DataOf<'ConflictResolved'>[]): boolean =>
  conflicts.some(
    ({ code, changes }) =>
      code === raw.code && raw.changes.every((changeId) => changes.includes(changeId)),
  );

/** One finding for the same code and changes, whatever the field. */
export const merged = (raws: readonly Raw[]): readonly Finding[] => {
  const groups = Map.groupBy(raws, ({ code, changes }) => JSON.stringify([code, changes]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const terms = [...new Set(group.flatMap((raw) => raw.terms))].toSorted();
    return {
      code: first.code,
      changes: first.changes,
      terms,
      message: first.message ?? message(first.code, first.changes, terms),
    };
  });
};

/** By code, then by the changes named. */
export const byCode = (a: Finding, b: Finding): number => {
  const codes = FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code);
  const [left, right] = [a.changes.join('\n'), b.changes.join('\n')];
  return codes || (left < right ? -1 : left > right ? 1 : 0);
};

/** Model §6.10: everything a reader must know before relying on the day. */
export const findingsOn = (
  scene: Scene,
  sheet: Sheet,
  coverings: readonly Covering[],
): readonly Finding[] => {
  const raws = [
    ...judged(sheet),
    ...remarked(scene, sheet),
    ...overlapping(coverings),
    ...dependent(scene, sheet),
    ...outOfOrder(scene.knowledge),
  ];
  const { conflicts } = scene.knowledge;
  return merged(raws.filter((raw) => !cleared(raw, conflicts))).toSorted(byCode);
};
