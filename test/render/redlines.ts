import fc from 'fast-check';
import type { Basis, DiffAnswer } from '#app/app.ts';
import { diffStates } from '#projections/diff/terms.ts';
import type { AgreementState } from '#projections/state.ts';
import { inForce, withTerms } from '../projections/diff/states.ts';

const basis = (effectiveOn: string): Basis => ({
  effectiveOn,
  knownAt: '2026-01-01T00:00:00.000Z',
  position: 9,
  knowledge: 'RECORDED',
  uncertain: 'REPORT',
  projection: 1,
  digest: '',
});

/** Two states as if they were of two days. */
export const answerOf = (from: AgreementState, to: AgreementState): DiffAnswer => ({
  diff: diffStates(from, to),
  from: { state: from, basis: basis('2025-01-01') },
  to: { state: to, basis: basis('2025-02-01') },
});

/** An agreement of one clause that says something else on the second day. */
export const reworded = (before: string, after: string): DiffAnswer =>
  answerOf(
    withTerms([inForce('clause', { prose: before })]),
    withTerms([inForce('clause', { prose: after })]),
  );

const piece = fc.constantFrom(
  'shall pay',
  ' the rent ',
  ' not ',
  '60 days',
  '\n',
  '\r\n',
  '\n\n',
  '\t',
  '    ',
  '# ',
  '- ',
  '1. ',
  '| a | b |',
  '===',
  '`code`',
  '*star* _under_',
  '[link](http://x.example)',
  '<script>alert(1)</script>',
  '<!-- ',
  ']]>',
  '&amp; &',
  '"quoted" \'so\'',
  '\\',
  '~~struck~~',
  '契約は終了',
  'שלום עולם',
  'e\u0301',
  '👩‍⚖️',
  '\u202e',
  '\u0000\u001b',
  '\ud800',
);

/** Prose as nobody would like to have to print it. */
export const hostileText = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
