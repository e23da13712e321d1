import type { CopyAnswer } from '#app/app.ts';
import type { AgreementState, PartyState } from '#projections/state.ts';
import type { ConformedCopy } from './conformed-copy.ts';
import { copyLists, pendingOn } from './copy-lists.ts';
import { notesOn } from './copy-notes.ts';
import { copyTerm, type Pen } from './copy-terms.ts';
import { coverageText } from './coverage-text.ts';

const partyText =
  (nameOf: Pen['nameOf']) =>
  ({ name, role, predecessor, assignedTo }: PartyState): string =>
    [
      role === undefined ? name : `${name} (${role})`,
      ...(predecessor === undefined ? [] : [`in the place of ${nameOf(predecessor)}`]),
      ...(assignedTo === undefined ? [] : [`has assigned to ${nameOf(assignedTo)}`]),
    ].join(', ');

const STANDINGS: { readonly [standing in NonNullable<AgreementState['standing']>]: string } = {
  SCHEDULED: 'Agreed, not yet in force.',
  PROSPECTIVE: 'Agreed; waits for conditions.',
  IN_FORCE: 'In force.',
  EXPIRED: 'Expired: no longer in force.',
  TERMINATED: 'Terminated: no longer in force.',
};

const standingText = ({ empty, standing, endsOn }: AgreementState): string => {
  if (empty !== undefined) return `Nothing to read (${empty}).`;
  const stands = standing === undefined ? 'Nothing agreed yet.' : STANDINGS[standing];
  return endsOn === undefined
    ? stands
    : `${stands} Its end is ${endsOn}, the first day without it.`;
};

const laterText = (count: number): string =>
  count === 1
    ? 'One change that was agreed after this day is on record and left out.'
    : `${count} changes that were agreed after this day are on record and left out.`;

const warnings = (state: AgreementState, pen: Pen): readonly string[] => {
  const coverage = coverageText(state);
  const later = pendingOn(state, pen).later.length;
  return [
    ...(coverage === undefined ? [] : [coverage]),
    ...(later === 0 ? [] : [laterText(later)]),
    ...state.findings.map(({ code, message }) => `${code}: ${message}`),
  ];
};

/** The conformed copy that an answer makes. */
export const conformedCopyOf = ({ state, basis, blame, changes }: CopyAnswer): ConformedCopy => {
  const names = new Map(state.parties.map(({ partyId, name }) => [partyId, name]));
  const nameOf = (partyId: string): string => names.get(partyId) ?? partyId;
  const views = new Map(changes.map((view) => [view.changeId, view]));
  const notes = notesOn({
    changes: views,
    revised: state.revised,
    assuming: basis.assume !== undefined,
  });
  const pen: Pen = { notes, changes: views, nameOf, day: basis.effectiveOn };
  const sources = new Map(blame.map((one) => [one.termId, one]));
  return {
    title: state.title === '' ? state.agreementId : state.title,
    basis,
    standing: standingText(state),
    parties: state.parties.map(partyText(nameOf)),
    warnings: warnings(state, pen),
    terms: state.terms.map((term) => copyTerm(term, sources.get(term.termId), pen)),
    lists: copyLists(state, pen),
    footnotes: notes.all,
  };
};
