import type { AgreementState, TermState } from '#projections/state.ts';
import { factText } from './fact-text.ts';

const termLines = ({ termId, value, applies }: TermState): readonly string[] => {
  const heading = [value.number, value.heading].filter((part) => part !== undefined).join(' ');
  return [
    `[${termId}] ${value.kind}${applies ? '' : ' (does not apply)'}`,
    ...(heading === '' ? [] : [heading]),
    ...Object.entries(value.facts).map(([name, fact]) => `${name}: ${factText(fact)}`),
    ...(value.prose === undefined ? [] : value.prose.split('\n')),
    '',
  ];
};

/** The terms in force one below the other, as lines that are compared line by line. */
export const stateLines = ({ terms }: AgreementState): readonly string[] =>
  terms.flatMap(termLines);
