import { isExact } from '#events/edtf.ts';
import type { ChangeId } from '#events/values.ts';
import { isVersion } from './change.ts';
import type { Dated } from './dates.ts';
import { says, type Touch } from './touch.ts';

/** What one field of one owner gives cause to report. */
export type Judgement = {
  readonly code: 'EXECUTION_INVERSION' | 'SOURCE_CONTRADICTION' | 'UNCERTAIN_ORDER';
  readonly changes: readonly ChangeId[];
};

/** A change that said something of the field; the last of them won. */
type Said = { readonly dated: Dated; readonly value: string };

/** The last word of each change on a field, in order. */
const saidOf = (touches: readonly Touch[], field: string): readonly Said[] => {
  const last = new Map<Dated['change'], Said>();
  for (const touch of touches) {
    const value = says(touch, field);
    if (value === undefined) continue;
    last.delete(touch.dated.change);
    last.set(touch.dated.change, { dated: touch.dated, value });
  }
  return [...last.values()];
};

const sameInstrument = (a: Dated, b: Dated) => a.change.instrumentId === b.change.instrumentId;

const sameDay = (a: Dated, b: Dated): boolean =>
  isExact(a.start) && isExact(b.start) && a.start.earliest === b.start.earliest;

const rangesOverlap = (a: Dated, b: Dated): boolean =>
  a.start.earliest <= b.start.latest && b.start.earliest <= a.start.latest;

const rectifies = (a: Dated, b: Dated): boolean =>
  a.target?.change === b.change || b.target?.change === a.change;

const inversion = (said: readonly Said[], won: Said): readonly Judgement[] => {
  const latest = Math.max(...said.map(({ dated }) => dated.executedOn));
  if (won.dated.executedOn === latest) return [];
  const last = said.findLast(({ dated }) => dated.executedOn === latest);
  if (last === undefined || last.value === won.value) return [];
  return [{ code: 'EXECUTION_INVERSION', changes: [last.dated.change.changeId] }];
};

const pair = (code: Judgement['code'], a: Said, b: Said): Judgement => ({
  code,
  changes: [a.dated.change.changeId, b.dated.change.changeId],
});

const against = (other: Said, won: Said): readonly Judgement[] => {
  if (sameInstrument(other.dated, won.dated) || rectifies(other.dated, won.dated)) return [];
  if (sameDay(other.dated, won.dated)) {
    if (isVersion(other.dated.change) && isVersion(won.dated.change)) return [];
    const alike = other.value === won.value || other.dated.executedOn !== won.dated.executedOn;
    return alike ? [] : [pair('SOURCE_CONTRADICTION', other, won)];
  }
  return rangesOverlap(other.dated, won.dated) ? [pair('UNCERTAIN_ORDER', other, won)] : [];
};

const judgeField = (touches: readonly Touch[], field: string): readonly Judgement[] => {
  const said = saidOf(touches, field);
  const won = said.at(-1);
  if (won === undefined || said.length < 2) return [];
  const origin = touches.find((touch) => touch.whole)?.dated.change;
  const withOrigin = won.dated.change === origin;
  const rivals = said.slice(0, -1).filter((other) => !withOrigin && other.dated.change !== origin);
  return [...inversion(said, won), ...rivals.flatMap((other) => against(other, won))];
};

/** Whether one says its word after another in every order there is, so that it has no cause to be doubted. */
const follows = (before: Dated, after: Dated): boolean => {
  if (!isExact(after.start) || after.executedOn < before.executedOn) return false;
  if (before.start.earliest < after.start.earliest) return true;
  return sameDay(before, after) && isVersion(before.change) && isVersion(after.change);
};

/** Terms of documents come and go hundreds of times: mostly each time after the last, on a day of its own. */
const isInTurn = (touches: readonly Touch[]): boolean => {
  let [before] = touches;
  if (before === undefined || !isExact(before.dated.start)) return false;
  for (const touch of touches) {
    if (touch !== before && !follows(before.dated, touch.dated)) return false;
    before = touch;
  }
  return true;
};

/** Model §6.10: each field of one owner, each change against the one that won. */
export const judge = (touches: readonly Touch[]): readonly Judgement[] => {
  if (touches.length < 2 || isInTurn(touches)) return [];
  const fields = new Set(touches.flatMap((touch) => [...touch.says.keys()]));
  return [...fields].flatMap((field) => judgeField(touches, field));
};
