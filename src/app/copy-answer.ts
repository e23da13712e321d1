import type { ChangeId } from '#events/values.ts';
import { type Blame, blameAt } from '#projections/blame.ts';
import type { History } from '#projections/history.ts';
import type { AgreementState } from '#projections/state.ts';
import { changesAt } from '#projections/timeline.ts';
import { answerAt } from './answer.ts';
import type { CopyAnswer } from './app.ts';
import type { Resolved } from './resolve-question.ts';

/** Every change that a state, or what its terms say, goes back to. */
const mentioned = (state: AgreementState, blame: readonly Blame[]): ReadonlySet<ChangeId> =>
  new Set([
    ...state.terms.flatMap(({ causedBy, overlays }) => [
      ...causedBy,
      ...overlays.map(({ changeId }) => changeId),
    ]),
    ...blame.flatMap(({ passages, fields }) => [
      ...passages.map(({ changeId }) => changeId),
      ...Object.values(fields),
    ]),
    ...[...state.consents, ...state.rights].map(({ changeId }) => changeId),
    ...[...state.scheduled, ...state.prospective].map(({ changeId }) => changeId),
    ...state.possibly.map(({ change }) => change),
    ...state.ended.map(({ causedBy }) => causedBy),
  ]);

/** The state with everything that a conformed copy says about it. */
export const copyAt = (history: History, at: Resolved): CopyAnswer => {
  const answer = answerAt(history, at);
  const blame = blameAt(history, at);
  const changes = changesAt(history, [...mentioned(answer.state, blame)], at);
  return { ...answer, blame, changes };
};
