import type { DayNumber } from '#events/days.ts';
import type { TermId } from '#events/values.ts';
import type { EndedTerm } from '../state.ts';
import type { Dated } from './dates.ts';

/** How and when a term came to its end. */
export type Ending = {
  readonly standing: EndedTerm['standing'];
  readonly by: Dated;
  readonly day: DayNumber;
  /** The terms that took its place. */
  readonly successors: readonly TermId[];
};

/**
 * One application in the order of a day. `ended`: a replacement or restatement whose end has come and which
 * keeps its place. `gone`: a change that brought terms in and is no candidate any more.
 */
export type Step = {
  readonly dated: Dated;
  readonly how: 'applied' | 'ended' | 'gone';
  /** A conflict's winner, applied once more for these of its fields (see `fieldOf`). */
  readonly again?: ReadonlySet<string>;
  /** Present when gone. */
  readonly ending?: Ending;
};

/** A field of a term; the agreement's own have no owner. */
export const fieldOf = (owner: TermId | undefined, field: string): string =>
  `${owner ?? ''}|${field}`;

/** The fields of one owner that a step applies; undefined: all. */
export const fieldsAgain = (
  { again }: Step,
  owner: TermId | undefined,
): ReadonlySet<string> | undefined => {
  if (again === undefined) return undefined;
  const prefix = fieldOf(owner, '');
  const own = [...again].filter((field) => field.startsWith(prefix));
  return new Set(own.map((field) => field.slice(prefix.length)));
};

/** Whether what a replacement ended comes back when its own end comes. */
export const revives = ({ change }: Dated): boolean =>
  (change.type === 'TermsReplaced' || change.type === 'AgreementRestated') &&
  change.data.revives === true;
