import { type Question, question } from '#app/question.ts';
import { builder } from './builder.ts';
import { shownError } from './errors.ts';
import { Knowledge, Uncertain } from './types/enums.ts';
import { Day, DayOrInstant, Instant, Position } from './types/scalars.ts';

const AssumptionsInput = builder.inputType('AssumptionsInput', {
  description: 'What if: changes treated as if they took effect on effectiveOn, behind all others.',
  fields: (t) => ({
    scheduled: t.boolean({ description: 'What is agreed and starts later.' }),
    prospective: t.boolean({ description: 'What still waits for conditions.' }),
    claims: t.idList({ description: 'Open claims, applied in this order.' }),
  }),
});

/** The coordinates of a question, as an argument called `at`, `from` or `to`. */
export const QuestionInput = builder.inputType('QuestionInput', {
  description:
    'The point that is asked about. What is left out: today, all that is known now. The coordinates of a Basis, handed back, give the same answer.',
  fields: (t) => ({
    effectiveOn: t.field({ type: Day, description: 'The day whose law is asked for.' }),
    knownAt: t.field({
      type: DayOrInstant,
      description: 'What was known then; a day counts from its end, in the agreement’s time zone.',
    }),
    position: t.field({ type: Position, description: 'The log is read up to here, inclusive.' }),
    knowledge: t.field({
      type: Knowledge,
      description: 'RECORDED: knownAt is held against our record; PUBLIC: against announcements.',
    }),
    executedBy: t.field({
      type: Day,
      description: 'Changes that nobody had executed by that day are left out.',
    }),
    assume: t.field({ type: AssumptionsInput }),
    uncertain: t.field({
      type: Uncertain,
      description: 'Inside the bounds of an uncertain date: report it, or take one end of all.',
    }),
    version: t.int({ description: 'Shorthand for the first day of version n, from 1.' }),
    tag: t.id({ description: 'Shorthand for a named point.' }),
    asOf: t.field({
      type: Instant,
      description: 'Shorthand for the day of an instant and what was public by then.',
    }),
    cursor: t.string({
      description:
        'Shorthand for where a reader of the feed was: the day then, and what the log held.',
    }),
  }),
});

type Asked = typeof QuestionInput.$inferInput;
/** The same without what is null: in a question null and nothing mean the same. */
const given = (of: object): object =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== null));

/** The question that an argument asks. @throws BAD_QUESTION with every mistake and its path in `issues` */
export const asQuestion = (asked: Asked | null | undefined): Question => {
  const { assume, ...rest } = asked ?? {};
  const coordinates = assume ? { ...rest, assume: given(assume) } : rest;
  const judged = question.safeParse(given(coordinates));
  if (judged.success) return judged.data;
  const issues = judged.error.issues.map(({ path, message }) => ({ path, message }));
  const text = issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw shownError('BAD_QUESTION', text, { issues });
};
