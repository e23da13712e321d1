import fc from 'fast-check';
import type { FileChange, MadeCommit } from './git.ts';

const path = fc.constantFrom('a.md', 'b.md', 'é ü/c.md', 'new\nline.md', '"q"\\.txt', 'd.rst');
const paragraph = 'The customer pays within thirty days of the invoice.\n'.repeat(20);
const content = fc
  .array(
    fc.constantFrom('one\n', 'two\r\n', '\uFEFF', '\0', 'e\u0301', '🙂', '  ', 'three', paragraph),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

const change: fc.Arbitrary<FileChange> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ put: path, content }) },
  { weight: 2, arbitrary: fc.record({ rename: path, to: path }) },
  { weight: 1, arbitrary: fc.record({ remove: path }) },
);

const pathsOf = (each: FileChange): readonly string[] => {
  if ('put' in each) return [each.put];
  return 'remove' in each ? [each.remove] : [each.rename, each.to];
};

const apply = (each: FileChange, there: Set<string>): void => {
  const [first = '', second = first] = pathsOf(each);
  if (!('put' in each)) there.delete(first);
  if (!('remove' in each)) there.add(second);
};

/** The changes that can be made to what is there, each path in one of them only. */
const possible = (changes: readonly FileChange[], there: Set<string>): readonly FileChange[] => {
  const used = new Set<string>();
  return changes.filter((each) => {
    const paths = pathsOf(each);
    const [first = ''] = paths;
    const known = 'put' in each || there.has(first);
    if (!known || !used.isDisjointFrom(new Set(paths)) || paths[0] === paths[1]) return false;
    for (const one of paths) used.add(one);
    apply(each, there);
    return true;
  });
};

const planned = fc.record({
  at: fc.nat({ max: 5 }),
  merged: fc.boolean(),
  changes: fc.array(change, { maxLength: 4 }),
});

/** Histories of up to eight commits: merges, renames, withdrawals, odd names and texts, many in one second. */
export const gitHistories: fc.Arbitrary<readonly MadeCommit[]> = fc
  .array(planned, { minLength: 1, maxLength: 8 })
  .map((plans) => {
    const there = new Set<string>();
    return plans.map(({ at, merged, changes }): MadeCommit => {
      const made = possible(changes, there);
      return merged ? { at, changes: [], merging: made } : { at, changes: made };
    });
  });
