import type { Basis } from '#app/app.ts';
import type { Question } from '#app/question.ts';

/** The question that leads to the same answer again. */
export const basisQuestion = (basis: Basis): Question => {
  const { effectiveOn, knownAt, position, knowledge, executedBy, assume, uncertain } = basis;
  const asked = { effectiveOn, knownAt, position, knowledge, uncertain };
  return {
    ...asked,
    ...(executedBy === undefined ? {} : { executedBy }),
    ...(assume === undefined ? {} : { assume }),
    // A basis holds resolved coordinates, which were parsed when it was made.
  } as Question;
};
