import type { ChangeId } from '#events/values.ts';
import type { AgreementState } from '../state.ts';
import { type Attribution, type Causes, decidedBy } from './causes.ts';
import { dateChange, spanned } from './dates.ts';
import type { DiffEntry, Effect, Unweighed } from './entry.ts';
import type { DateChange } from './parts.ts';
import { SAME_VALUE } from './values.ts';

type Found = Pick<DiffEntry, 'standing'> & { readonly dates?: readonly DateChange[] };

const entry = (effect: Effect, why: Attribution, { dates = [], standing }: Found): Unweighed => {
  return {
    kind: why.corrected ? 'CORRECTED' : effect,
    effect,
    from: [],
    to: [],
    ...SAME_VALUE,
    dates,
    ...(standing && { standing }),
    causedBy: why.causedBy,
    revisions: why.revisions,
    leaves: [],
    takes: [],
  };
};

const endedWithIt = (state: AgreementState): ReadonlySet<ChangeId> =>
  new Set(
    state.ended
      .filter(({ standing }) => standing === state.standing)
      .flatMap(({ causedBy }) => causedBy ?? []),
  );

/** The changes that ended terms together with the agreement, in one state and not in the other. */
const endings = (from: AgreementState, to: AgreementState): readonly ChangeId[] => [
  ...endedWithIt(from).symmetricDifference(endedWithIt(to)),
];

const standings = (from: AgreementState, to: AgreementState, causes: Causes) => {
  if (from.standing === to.standing) return [];
  const standing = {
    ...(from.standing && { old: from.standing }),
    ...(to.standing && { new: to.standing }),
  };
  return [entry('STANDING_CHANGED', decidedBy(causes, endings(from, to)), { standing })];
};

const ends = (from: AgreementState, to: AgreementState, causes: Causes) => {
  // Where one side has no answer, nothing is known of its end.
  if (from.empty !== undefined || to.empty !== undefined) return [];
  return dateChange('ENDS_ON', from.endsOn, to.endsOn).map((date) =>
    entry('DATE_CHANGED', decidedBy(causes, []), { dates: [date] }),
  );
};

/** Changes that are still to come in both states, on another day. */
const starts = (from: AgreementState, to: AgreementState, causes: Causes) => {
  const waiting = (state: AgreementState) => [...state.scheduled, ...state.prospective];
  const before = new Map(waiting(from).map((change) => [change.changeId, change]));
  return waiting(to).flatMap((now) => {
    const { changeId } = now;
    const old = before.get(changeId);
    if (old === undefined) return [];
    const [day, next] = [spanned(old.earliest, old.latest), spanned(now.earliest, now.latest)];
    return dateChange('STARTS', day, next).map((date) =>
      entry('DATE_CHANGED', decidedBy(causes, [changeId]), { dates: [{ ...date, changeId }] }),
    );
  });
};

/** What differs in the agreement itself: its standing and its end; and the days of changes still to come. */
export const diffAgreement = (from: AgreementState, to: AgreementState, causes: Causes) => ({
  first: [...standings(from, to, causes), ...ends(from, to, causes)],
  last: starts(from, to, causes),
});
