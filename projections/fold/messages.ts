import type { FindingCode } from '#events/record.ts';
import type { ChangeId, TermId } from '#events/values.ts';

type Wording = (changes: readonly ChangeId[], terms: string) => string;

/** What each finding says to a reader; one sentence. */
const WORDINGS: { readonly [C in FindingCode]: Wording } = {
  EXECUTION_INVERSION: ([change], terms) =>
    `${change} was executed last, yet a change with a later start prevails on ${terms}`,
  SOURCE_CONTRADICTION: ([a, b], terms) =>
    `${a} and ${b} start on the same day and say different things of ${terms}; ${b} prevails by order alone`,
  UNCERTAIN_ORDER: ([a, b], terms) =>
    `it is not certain which of ${a} and ${b} came first on ${terms}`,
  OVERLAPPING_OVERLAYS: ([a, b], terms) => `${a} and ${b} both lie on ${terms}`,
  ORPHANED_CHANGE: ([change], terms) =>
    `${change} acts on ${terms}, which was not there on the day it starts`,
  ADDED_AGAIN: ([change], terms) => `${change} adds ${terms}, which was there already`,
  EXPECTATION_FAILED: ([change], terms) =>
    `${terms} did not say what ${change} expected on the day it starts`,
  UNMAPPED_ON_RESTATEMENT: ([change], terms) =>
    `${change} restates the agreement but neither lists nor maps ${terms}, which stays`,
  DEPENDS_ON_RETRACTED: ([change]) =>
    `${change} rests on something that was retracted; record what it should rest on, or retract it too`,
  SOURCE_ORDER: () => 'the versions’ own order disagrees with their dates',
};

/** The sentence for one finding. */
export const message = (
  code: FindingCode,
  changes: readonly ChangeId[],
  terms: readonly TermId[],
): string => WORDINGS[code](changes, terms.length === 0 ? 'the agreement' : terms.join(', '));
