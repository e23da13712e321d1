import type { Recorded } from '#events/event.ts';
import { agreementId } from '#events/values.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import type { AgreementState } from '#projections/state.ts';
import { referenceStateAt } from './reference/state-at.ts';

/** The sentence for the reader is nothing that the rules say. */
const judged = (state: AgreementState) => ({
  ...state,
  findings: state.findings.map(({ message: _, ...finding }) => finding),
});

/** What the two folds answer at each of some points, in the same order; they must not differ. */
export const bothAnswers = (events: readonly Recorded[], questions: readonly Coordinates[]) => {
  const history = historyOf(agreementId.parse('deal'), events);
  return questions.map((at) => ({
    fold: judged(stateAt(history, at)),
    reference: judged(referenceStateAt(events, at)),
  }));
};
