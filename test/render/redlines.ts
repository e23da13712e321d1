import fc from 'fast-check';
import type { Basis, DiffAnswer } from '#app/app.ts';
import { diffStates } from '#projections/diff/terms.ts';
import type { AgreementState } from '#projections/state.ts';
import { printRedline } from '#render/print-redline.ts';
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

/** An agreement of one clause of which two paragraphs moved to its end. */
export const moved = (): DiffAnswer => {
  const answer = reworded('x', 'y');
  const words = [
    { op: 'DELETE' as const, text: 'The tenant pays.\nTwice.', move: 1 },
    { op: 'EQUAL' as const, text: ' And so on. ' },
    { op: 'INSERT' as const, text: 'The tenant pays.\nTwice.', move: 1 },
  ];
  const entries = answer.diff.entries.map((entry) => ({ ...entry, words }));
  return { ...answer, diff: { ...answer.diff, entries } };
};

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
  '<img src=x onerror=alert(2)>',
  '</style></title></textarea><svg onload=alert(3)>',
  '" autofocus onfocus=alert(4) x="',
  '<![CDATA[ ',
  '<?xml ?>',
  '<w:p/>',
  '{{{',
  '\u2028',
  '\u2067',
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

/** A redline in one of the formats that are text. */
export const printed = (...asked: Parameters<typeof printRedline>): string => {
  const text = printRedline(...asked);
  if (typeof text !== 'string') throw new Error(`${asked[0]} is no text`);
  return text;
};
