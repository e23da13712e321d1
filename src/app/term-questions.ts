import { didYouMean } from '#agreement/nearest.ts';
import type { TermId } from '#events/values.ts';
import { bisecting } from '#projections/bisect/bisect.ts';
import { type Condition, termsIn } from '#projections/bisect/condition.ts';
import { blameAt } from '#projections/blame.ts';
import { explainAt, termsNamed } from '#projections/explain/explain.ts';
import type { History } from '#projections/history.ts';
import { tracing } from '#projections/lineage.ts';
import { answerAt } from './answer.ts';
import type { BisectAnswer, ExplainAnswer, LineageAnswer } from './app.ts';
import { QuestionError } from './errors.ts';
import type { Resolved } from './resolve-question.ts';

type Asked = { readonly history: History; readonly at: Resolved };

/** The term that somebody asks about. @throws {QuestionError} NO_SUCH_TERM, with the nearest that there is */
const namedTerm = (history: History, termId: string): TermId => {
  const terms = termsNamed(history);
  const found = [...terms].find((one) => one === termId);
  if (found !== undefined) return found;
  const hint = didYouMean(termId, terms);
  throw new QuestionError('NO_SUCH_TERM', `No record names a term ${termId}.${hint}`);
};

/** Why a term stands as it does, and where its words come from. */
export const explained = ({ history, at }: Asked, named: string): ExplainAnswer => {
  const termId = namedTerm(history, named);
  const explanation = explainAt(history, termId, at);
  const [blame] = blameAt(history, at, [termId]);
  const { basis } = answerAt(history, at);
  return { explanation, ...(blame && { blame }), basis };
};

/** Where a condition holds; the basis is that of the point without what is assumed. Pauses between states. */
export function* bisected(
  { history, at }: Asked,
  condition: Condition,
): Generator<undefined, BisectAnswer> {
  for (const termId of termsIn(condition)) namedTerm(history, termId);
  const { assume: _, ...known } = at;
  const found = yield* bisecting(history, condition, known);
  return { ...found, basis: answerAt(history, known).basis };
}

/** Where a term came from and where it went; the basis is that of the point without what is assumed. Pauses too. */
export function* traced(
  { history, at }: Asked,
  termId: string,
): Generator<undefined, LineageAnswer> {
  const { assume: _, ...known } = at;
  const lineage = yield* tracing(history, namedTerm(history, termId), known);
  return { ...lineage, basis: answerAt(history, known).basis };
}
