import type { TermId } from '#events/values.ts';
import type { EndedTerm } from '../state.ts';
import type { Sheet } from './scene.ts';
import type { Ending } from './step.ts';
import type { Whole } from './whole.ts';

const endedTerm = (termId: TermId, { standing, by, successors }: Ending): EndedTerm => ({
  termId,
  standing,
  causedBy: by.change.changeId,
  successors,
});

/** Model §6.11: the terms that were in force and are no more, with what ended them. */
export const endedOn = ({ table }: Sheet, whole: Whole): readonly EndedTerm[] => {
  const withAgreement = [...table.live.values()].flatMap(({ termId, since }) => {
    const ending = whole.ending(termId);
    return ending !== undefined && since.from < ending.day ? [endedTerm(termId, ending)] : [];
  });
  const alone = [...table.ended].map(([termId, ending]) => endedTerm(termId, ending));
  return [...alone, ...withAgreement];
};
