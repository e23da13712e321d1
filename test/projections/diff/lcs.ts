/** Length of a longest common subsequence by the textbook table: slow and obvious. */
export const lcsLength = (a: readonly number[], b: readonly number[]): number => {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const left of a) {
    const next = [0];
    for (const [j, right] of b.entries()) {
      const kept = Math.max(row[j + 1] ?? 0, next[j] ?? 0);
      next.push(left === right ? (row[j] ?? 0) + 1 : kept);
    }
    row = next;
  }
  return row[b.length] ?? 0;
};
