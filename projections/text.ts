import type { AgreementState } from './state.ts';

/**
 * The prose of all terms in force, joined in reading order: of an imported document its text on that day, to the
 * character. Undefined where no term is in force: the document is not there yet, or was withdrawn.
 */
export const textOf = ({ terms }: AgreementState): string | undefined =>
  terms.length === 0 ? undefined : terms.map(({ value }) => value.prose ?? '').join('');
