import type { AgreementState, EndedTerm, PendingChange, Possibility } from '#projections/state.ts';
import { agreedBy } from './agreed-by.ts';
import type { CopyList, Item } from './conformed-copy.ts';
import { doneText, startText } from './copy-notes.ts';
import type { Pen } from './copy-terms.ts';
import { saidTexts } from './said-text.ts';

const permissions = ({ consents, rights }: AgreementState, { notes, nameOf }: Pen): Item[] => [
  ...consents.map(({ by, to, subject, since, changeId }) => ({
    text: `${nameOf(by)} to ${to.map(nameOf).join(', ')}${since === undefined ? '' : `, since ${since}`}: ${subject}`,
    notes: notes.on([changeId]),
    texts: [],
  })),
  ...rights.map(({ termId, outcome, on = 'an unknown day', subject, changeId }) => ({
    text: `${termId}: ${outcome} on ${on}${subject === undefined ? '' : `, ${subject}`}`,
    notes: notes.on([changeId]),
    texts: [],
  })),
];

/** What is not in force on the day: agreed by then, or only later. */
export const pendingOn = (
  { scheduled, prospective, timeZone: zone }: AgreementState,
  { changes, day }: Pen,
) => {
  const isAgreed = ({ changeId }: PendingChange): boolean => {
    const view = changes.get(changeId);
    return view === undefined || agreedBy(view, { day, zone });
  };
  const all = [...scheduled, ...prospective];
  return { agreed: all.filter(isAgreed), later: all.filter((one) => !isAgreed(one)) };
};

const pending = ({ changeId, standing, terms, conditions }: PendingChange, pen: Pen): Item => {
  const view = pen.changes.get(changeId);
  const what = `${view === undefined ? changeId : doneText(view)}: ${terms.join(', ') || 'the agreement'}`;
  const open = conditions.length === 0 ? '' : `, waits for ${conditions.join(', ')}`;
  const start = view === undefined ? '' : `, ${startText(view)}`;
  return {
    text: `${what}${start} (${standing}${open})`,
    notes: pen.notes.on([changeId]),
    texts: view === undefined ? [] : saidTexts(view.data),
  };
};

const POSSIBLE: { readonly [what in Possibility['what']]: string } = {
  STARTED: 'May have started',
  ENDED: 'May have ended',
  EXPIRED: 'May have expired',
};

const possible = ({ change, what, terms }: Possibility, { notes }: Pen): Item => ({
  text: `${POSSIBLE[what]}: ${terms.join(', ') || 'the agreement'}`,
  notes: notes.on([change]),
  texts: [],
});

const ended = ({ termId, standing, successors, causedBy }: EndedTerm, { notes }: Pen): Item => ({
  text: `${termId}: ${standing}${successors.length === 0 ? '' : `, now ${successors.join(', ')}`}`,
  notes: notes.on([causedBy]),
  texts: [],
});

/** What stands beside the terms in force. */
export const copyLists = (state: AgreementState, pen: Pen): readonly CopyList[] =>
  [
    { heading: 'Consents and rights', items: permissions(state, pen) },
    {
      heading: 'Agreed, but not in force on this day',
      items: pendingOn(state, pen).agreed.map((one) => pending(one, pen)),
    },
    {
      heading: 'Uncertain on this day',
      items: state.possibly.map((one) => possible(one, pen)),
    },
    { heading: 'No longer in force', items: state.ended.map((one) => ended(one, pen)) },
  ].filter(({ items }) => items.length > 0);
