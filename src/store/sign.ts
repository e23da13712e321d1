/** One thing that an examination of a store found; for most there is something that can be done. */
export type Sign = {
  readonly kind: 'VERSION' | 'CLOCK' | 'FILE' | 'MIRROR' | 'LIMIT' | 'FOREIGN' | 'GAP' | 'REPEATED';
  readonly ok: boolean;
  readonly message: string;
  /** What to do, one sentence. */
  readonly remedy?: string;
  readonly stream?: string;
};

/** How far a clock may be off before it is worth a word, ms. */
const tolerance = 2_000;

/** The clock of a log against this machine's. `theirs` and `ours` in epoch milliseconds. */
export const clockSign = (theirs: number, ours: number, whose: string): Sign => {
  const off = Math.round((theirs - ours) / 1_000);
  const ok = Math.abs(theirs - ours) <= tolerance;
  const ahead = off > 0 ? 'ahead of' : 'behind';
  return {
    kind: 'CLOCK',
    ok,
    message: ok
      ? `${whose} agrees with this machine's clock.`
      : `${whose} is ${Math.abs(off)} s ${ahead} this machine's clock.`,
    ...(!ok && { remedy: 'Keep both machines on the same time (NTP); recordedAt comes from it.' }),
  };
};

/** The last recordedAt may not lie in the future: nothing could be recorded at its own time until then. */
export const lastTimeSign = (recordedAt: number, now: number): Sign =>
  recordedAt <= now + tolerance
    ? { kind: 'CLOCK', ok: true, message: 'The last event was not recorded in the future.' }
    : {
        kind: 'CLOCK',
        ok: false,
        message: `The last event was recorded ${Math.round((recordedAt - now) / 1_000)} s in the future.`,
        remedy:
          'Set the clock right; until that time is reached, what is recorded gets the same time, and questions about now leave it out.',
      };
