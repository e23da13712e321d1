import type { ChangeId } from '#events/values.ts';
import type { ChangeView } from '#projections/change-view.ts';
import type { Revision } from '#projections/state.ts';
import { causeText } from './cause-text.ts';
import type { Footnote, Marks } from './conformed-copy.ts';

const DONE: { readonly [type in ChangeView['type']]: string } = {
  TermAdded: 'Added',
  TermAmended: 'Amended',
  TermsReplaced: 'Replaced',
  TermRemoved: 'Removed',
  TermRectified: 'Rectified',
  ChangeVoided: 'Voided',
  AgreementAmended: 'Agreement amended',
  AgreementRestated: 'Restated',
  AgreementTerminated: 'Agreement terminated',
  AgreementReinstated: 'Agreement reinstated',
  TermsAffirmed: 'Affirmed',
  PartyJoined: 'Party joined',
  PartyLeft: 'Party left',
  PartySucceeded: 'Party succeeded',
  OverlayApplied: 'Overlaid',
  OverlayLifted: 'Overlay lifted',
  ConsentGranted: 'Consented',
  ConsentRevoked: 'Consent revoked',
  RightResolved: 'Right resolved',
  ConditionResolved: 'Condition resolved',
};

/** When a change starts: a day, a date as its source gives it, or the conditions it waits for. */
export const startText = ({ effectiveFrom, earliest, latest }: ChangeView): string => {
  if (earliest !== undefined && earliest === latest) return `from ${earliest}`;
  if (effectiveFrom === undefined) return 'from an unknown day';
  if (typeof effectiveFrom === 'string') return `from ${effectiveFrom}`;
  const conditions = effectiveFrom.onConditions.map((one) => one.description ?? one.conditionId);
  return `once these are met: ${conditions.join(', ')}`;
};

/** When a change ends; empty where it does not. */
export const endText = ({ effectiveUntil }: ChangeView): string =>
  effectiveUntil === undefined ? '' : ` until ${effectiveUntil}, the first day without it`;

/** What was done: `Amended`, `Added`. */
export const doneText = ({ type }: ChangeView): string => DONE[type];

type Known = {
  readonly changes: ReadonlyMap<ChangeId, ChangeView>;
  readonly revised: readonly Revision[];
  /** True in a what-if, where changes that a claim proposes are said to hold. */
  readonly assuming: boolean;
};

const footnoteOf = (changeId: ChangeId, { changes, revised, assuming }: Known): Footnote => {
  const view = changes.get(changeId);
  if (view === undefined) {
    const why = assuming ? 'which is assumed: nobody has agreed to it' : 'which is not on record';
    return { text: `By ${changeId}, ${why}.`, sources: [] };
  }
  const corrected = revised.some((one) => one.changeId === changeId && one.how === 'CORRECTED');
  const parts = [
    `${doneText(view)} by ${causeText({ changeId, view })}`,
    `in effect ${startText(view)}${endText(view)}`,
    `evidence ${view.evidence}`,
    ...(corrected ? ['our record of it was corrected'] : []),
  ];
  return { text: `${parts.join('; ')}.`, sources: view.sources };
};

/** The footnotes of one copy, numbered in the order in which they are first asked for. */
export type Notes = {
  /** The notes on these changes, each once; changes that say the same of themselves share one. */
  on(changes: Iterable<ChangeId>): Marks;
  readonly all: readonly Footnote[];
};

export const notesOn = (known: Known): Notes => {
  const numbers = new Map<string, number>();
  const all: Footnote[] = [];
  const numberOf = (changeId: ChangeId): number => {
    const note = footnoteOf(changeId, known);
    const key = JSON.stringify(note);
    const number = numbers.get(key) ?? all.push(note);
    numbers.set(key, number);
    return number;
  };
  return { all, on: (changes) => [...new Set(Array.from(changes, numberOf))] };
};
