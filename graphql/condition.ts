import { z } from 'zod';
import { type Condition, condition } from '#projections/bisect/condition.ts';
import { shownError } from './errors.ts';
import { commandInput } from './inputs/command-input.ts';
import { inputObject, inputSchema } from './inputs/from-zod.ts';

const shape = inputSchema(condition);
if (!(shape instanceof z.ZodObject)) throw new TypeError('a condition is an object');

/** A condition, as an argument. */
export const ConditionInput = inputObject(shape, 'ConditionInput');

/** The condition that an argument states. @throws BAD_QUESTION with every mistake and its path in `issues` */
export const conditionArgument = (given: unknown): Condition => {
  const judged = condition.safeParse(commandInput(condition, given));
  if (judged.success) return judged.data;
  const issues = judged.error.issues.map(({ path, message }) => ({ path, message }));
  const text = issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw shownError('BAD_QUESTION', text, { issues });
};
