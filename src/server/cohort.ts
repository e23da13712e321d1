/** Requests that go on together; more would make the first wait longer, and save little. */
const MOST = 32;

type Cohort = { size: number; readonly turn: Promise<void> };
let gathering: Cohort | undefined;

const newCohort = (): Cohort => {
  const cohort: Cohort = {
    size: 0,
    turn: new Promise((resolve) => {
      setImmediate(() => {
        if (gathering === cohort) gathering = undefined;
        resolve();
      });
    }),
  };
  return cohort;
};

/**
 * Resolves in the next turn of the event loop, at once for all that asked in this one. Reading a request, running it
 * and writing its answer are three bodies of code that don't fit the processor's caches together: done by turns for
 * all requests that are there, each runs in half the time (cohort scheduling: Larus and Parkes, Using Cohort
 * Scheduling to Enhance Server Performance, USENIX 2002).
 */
export const together = (): Promise<void> => {
  if (gathering === undefined || gathering.size === MOST) gathering = newCohort();
  gathering.size += 1;
  return gathering.turn;
};

/** Resolves behind all that asked for `together` in the same turn, by itself: they need not wait for what is slow. */
export const behindOthers = async (): Promise<void> => {
  await together();
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
};
