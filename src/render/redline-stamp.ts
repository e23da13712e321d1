import type { Cause } from './cause-text.ts';
import type { Stamp } from './docx/tracked.ts';
import type { Redline, RedlineEntry } from './redline.ts';

/** Characters of a name beside a change, where there is little room. */
const ROOM = 80;

const cut = (text: string): string => {
  const characters = Array.from(text);
  return characters.length <= ROOM ? text : `${characters.slice(0, ROOM - 1).join('')}…`;
};

const titleOf = ({ view, changeId }: Cause): string => view?.instrument?.title ?? changeId;

const authorOf = ({ corrected, causes }: RedlineEntry): string => {
  if (corrected) return 'Correction of the record';
  const titles = new Set(causes.map(titleOf));
  return titles.size === 0 ? 'Codicil' : cut([...titles].join(', '));
};

/** A day as word processors take it. */
const DAY = /^(?:19|[2-9]\d)\d{2}-\d{2}-\d{2}$/;

/**
 * In whose name an entry's changes are shown, and when they were made: the titles of the instruments behind it, and the
 * last day on which one of them was executed. The day of the newer point stands in where any of those days is not exactly
 * known, and where the record was corrected and no instrument did anything.
 */
export const stampOf = (entry: RedlineEntry, { to }: Redline): Stamp => {
  const executed = entry.causes.map(({ view }) => view?.executedAt ?? '');
  const exact = !entry.corrected && executed.length > 0 && executed.every((day) => DAY.test(day));
  const day = exact ? executed.toSorted().at(-1) : to.effectiveOn;
  const dated = day !== undefined && DAY.test(day);
  return { author: authorOf(entry), ...(dated && { date: `${day}T00:00:00Z` }) };
};
