import type { DayNumber } from '#events/days.ts';
import type { Dated } from '../fold/dates.ts';
import { shownDay } from '../fold/pending.ts';
import type { Reason } from './explanation.ts';
import type { Rule } from './rules.ts';

type More = {
  readonly by?: readonly Dated[];
  readonly fields?: readonly string[];
  readonly day?: DayNumber;
};

/** One rule applied. A day that is open or not known is left out. */
export const reason = (
  rule: Rule,
  text: string,
  { by = [], fields = [], day }: More = {},
): Reason => {
  const shown = day === undefined ? undefined : shownDay(day);
  return {
    rule,
    by: by.map(({ change }) => change.changeId),
    fields,
    ...(shown && { day: shown }),
    text,
  };
};
