/** What work that pauses comes to, without a rest at the pauses. */
export const finished = <T>(work: Generator<unknown, T>): T => {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
};
