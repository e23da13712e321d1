import { period } from '#events/periods.ts';
import { QuestionError } from './errors.ts';

/** How long before its day an end or a long stop is told of, unless the subscriber says otherwise. */
export const NOTICE_PERIOD = 'P30D';

/** @throws {QuestionError} BAD_NOTICE_PERIOD */
export const checkNoticePeriod = (text: string): void => {
  const [issue] = period.safeParse(text).error?.issues ?? [];
  if (issue !== undefined)
    throw new QuestionError('BAD_NOTICE_PERIOD', `noticePeriod: ${issue.message}.`);
};
