import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { VersionHead } from '../../../src/importers/documents/version-source.ts';
import { gitRepository } from '../../../src/importers/sources/git-repository.ts';
import { aRepository, describeWithGit, git, type MadeCommit } from './git.ts';
import { pileOf, textsOf } from './pile.ts';
import { gitHistories } from './random-git.ts';

const hex = (text: string): string => Buffer.from(text).toString('hex');

/** The documents of a commit as git has them: bytes by path. */
const treeOf = (folder: string, commit: string): ReadonlyMap<string, string> => {
  const names = git(folder, ['ls-tree', '-r', '-z', '--name-only', commit]).toString().split('\0');
  const bytes = (name: string) => git(folder, ['cat-file', 'blob', `${commit}:${name}`]);
  return new Map(names.filter(Boolean).map((name) => [name, bytes(name).toString('hex')]));
};

/** Brings the texts by path up to a version. */
const advance = (state: Map<string, string>, head: VersionHead, text: string): void => {
  const { path, renamedFrom, content } = head;
  if (renamedFrom !== undefined) expect(state.delete(renamedFrom)).toBe(true);
  if (content === undefined) expect(state.delete(path)).toBe(true);
  else state.set(path, hex(text));
};

/** The state after each commit of the first-parent history, folded from the versions. */
async function* statesOf(folder: string) {
  await using source = await gitRepository(folder);
  const { versions } = await pileOf(source);
  const texts = await textsOf(source, versions);
  const placed = versions.map((head, at) => ({ head, text: texts[at] ?? '' }));
  const byCommit = Map.groupBy(placed, ({ head }) => head.versionId);
  const line = git(folder, ['rev-list', '--first-parent', '--reverse', 'main']).toString();
  const state = new Map<string, string>();
  for (const [at, commit] of line.trim().split('\n').entries()) {
    const made = byCommit.get(commit) ?? [];
    for (const { head, text } of made) advance(state, head, text);
    expect(new Set(made.map(({ head }) => head.order))).toEqual(new Set(made.map(() => at + 1)));
    yield { commit, state };
  }
}

describeWithGit('any history', () => {
  it('gives after each commit what git shows at it, byte for byte', async () => {
    const asGit = async (commits: readonly MadeCommit[]) => {
      const folder = aRepository(commits);
      for await (const { commit, state } of statesOf(folder))
        expect(state).toEqual(treeOf(folder, commit));
    };
    await fc.assert(fc.asyncProperty(gitHistories, asGit), { numRuns: 15 });
  });
});
