import type { ChangeId, TermId } from '#events/values.ts';
import type { AgreementState, EndedTerm } from '../state.ts';

/** A text of a term, beside its prose, that is different. */
export type FieldChange = {
  readonly name: 'kind' | 'heading' | 'number';
  readonly old?: string;
  readonly new?: string;
};

/** A date of a term, of a change that is still to come, or of the agreement's end, that is different. */
export type DateChange = {
  readonly what: 'IN_FORCE_SINCE' | 'STARTS' | 'ENDS_ON';
  /** The change that is still to come. */
  readonly changeId?: ChangeId;
  /** EDTF: a day, an interval of days, or as the source gives it; absent where not known or open. */
  readonly old?: string;
  readonly new?: string;
  /** By how many days later; absent where the two can't be compared. */
  readonly days?: number;
};

/** The standing of a term or of the agreement; absent before anything is agreed. */
export type Standing = NonNullable<AgreementState['standing']> | EndedTerm['standing'];

export type StandingChange = { readonly old?: Standing; readonly new?: Standing };

/** Where a term stands in reading order: behind that term, or first. */
export type Place = { readonly termId: TermId; readonly after?: TermId };
