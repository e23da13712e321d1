import { type EpochMs, minutesAhead } from '#events/instants.ts';

/** One version of an agreement as a commit. */
export type Commit = {
  readonly at: EpochMs;
  /** Minutes by which the clocks of the agreement's zone are ahead of UTC then. */
  readonly ahead: number;
  /** What was done, one line each; the first is the subject. */
  readonly titles: readonly string[];
  /** Key and value, in order. */
  readonly trailers: readonly (readonly [key: string, value: string])[];
  /** The one file of the repository; absent: there is none now. */
  readonly file?: { readonly path: string; readonly text: string };
};

/** When, and by which clocks. */
export const dated = (at: EpochMs, zone: string): Pick<Commit, 'at' | 'ahead'> =>
  // Git has no dates before 1970; nor do we need the clocks of then.
  at < 0 ? { at: 0, ahead: 0 } : { at, ahead: minutesAhead(at, zone) };
