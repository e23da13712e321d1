import type { Screen } from './io.ts';

/** What was written. */
export type Exported = {
  readonly agreement: string;
  readonly format: 'yaml' | 'jsonl' | 'git' | 'bundle';
  readonly events?: number;
  readonly commits?: number;
  /** The hash of the last commit. */
  readonly head?: string;
  /** Instruments that have no commit, because nobody knows when they were announced. */
  readonly undated?: readonly string[];
};

/** How many of them are named. */
const MOST_NAMED = 20;

export const showExported = (
  { line, paint }: Screen,
  { agreement, events, commits, head, undated = [] }: Exported,
  out: string,
): void => {
  const what = commits === undefined ? `${events} events` : `${commits} commits`;
  line(`${paint('cyan', agreement)}  ${what}  ${out}`);
  if (head !== undefined) line(`head ${head}`);
  if (undated.length === 0) return;
  const more = undated.length > MOST_NAMED ? ', …' : '';
  const named = undated.slice(0, MOST_NAMED).join(', ');
  line(`${paint('yellow', 'without a date, so without a commit:')} ${named}${more}`);
};
