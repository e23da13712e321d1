import fc from 'fast-check';
import type { CopyAnswer } from '#app/app.ts';
import { copyAt } from '#app/copy-answer.ts';
import { resolveQuestion } from '#app/resolve-question.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import type { History } from '#projections/history.ts';
import { type CopyFormat, printCopy } from '#render/print-copy.ts';
import { change, inForce, withTerms } from '../projections/diff/states.ts';
import { answerOf, hostileText } from './redlines.ts';

/** What a history says at a point, as a conformed copy needs it. */
export const copyOf = (history: History, at: Coordinates): CopyAnswer => {
  const present = { now: Date.parse('2100-01-01T00:00:00Z'), position: history.events.length };
  return copyAt(history, resolveQuestion(history, at, present));
};

/** A copy in one of the formats that are text. */
export const copyText = (format: CopyFormat, answer: CopyAnswer): string => {
  const printed = printCopy(format, answer);
  if (typeof printed !== 'string') throw new Error(`${format} is no text`);
  return printed;
};

/** A copy as a file for word processors. */
export const copyFile = (answer: CopyAnswer): Uint8Array => {
  const printed = printCopy('docx', answer);
  if (typeof printed === 'string') throw new Error('docx is a file');
  return printed;
};

const CHANGES = ['first', 'second', 'third', 'gone'].map(change);

const passages = fc.array(fc.record({ text: hostileText, changeId: fc.constantFrom(...CHANGES) }), {
  maxLength: 5,
});

/** One clause whose words come from several changes, none of which is on record. */
export const hostileCopy: fc.Arbitrary<CopyAnswer> = fc
  .tuple(passages, hostileText)
  .map(([words, title]) => {
    const prose = words.map(({ text }) => text).join('');
    const causedBy = CHANGES.slice(0, 3);
    const state = withTerms([inForce('clause', { prose, heading: title }, { causedBy })], {
      title,
    });
    const term = inForce('clause').termId;
    const blame = [{ termId: term, passages: words, fields: {} }];
    return { ...answerOf(state, state).to, blame, changes: [] };
  });
