import { execFileSync } from 'node:child_process';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { aFolder } from '../../store/folder.ts';

const ENV = {
  PATH: process.env['PATH'],
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'C',
  GIT_COMMITTER_EMAIL: 'c@example.org',
};

/** Runs git in a folder and gives the bytes it prints. */
export const git = (folder: string, args: readonly string[], input: string | Buffer = ''): Buffer =>
  execFileSync('git', ['-C', folder, ...args], {
    env: ENV,
    input,
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 100_000_000,
  });

const hasGit = (): boolean => {
  try {
    return execFileSync('git', ['--version']).length > 0;
  } catch {
    return false;
  }
};

/** Like describe; says so where there is no git to try it with. */
export const describeWithGit = (title: string, tests: () => void): void => {
  if (hasGit()) describe(title, tests);
  else describe.skip(`${title} (SKIPPED: git is not installed)`, tests);
};

/** An empty repository of this test's own, on branch main. */
export const emptyRepository = (...options: readonly string[]): string => {
  const folder = join(aFolder(), 'repo');
  git('.', ['init', '--quiet', '--initial-branch=main', ...options, folder]);
  return folder;
};

const quoted = (path: string): string =>
  `"${path.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`;

/** A change of one file, as `git fast-import` takes it. */
export type FileChange =
  | { readonly put: string; readonly content: string | Buffer; readonly mode?: string }
  | { readonly remove: string }
  | { readonly rename: string; readonly to: string };

export type MadeCommit = {
  /** In seconds since 1970. */
  readonly at: number;
  readonly message?: string;
  readonly changes: readonly FileChange[];
  /** A branch forked off before this commit and merged by it, with what it changes. */
  readonly merging?: readonly FileChange[];
};

const data = (content: string | Buffer): Buffer => {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
};

const change = (each: FileChange): Buffer => {
  if ('remove' in each) return Buffer.from(`D ${quoted(each.remove)}\n`);
  if ('rename' in each) return Buffer.from(`R ${quoted(each.rename)} ${quoted(each.to)}\n`);
  const mode = each.mode ?? '100644';
  if (mode === '160000') return Buffer.from(`M ${mode} ${each.content} ${quoted(each.put)}\n`);
  return Buffer.concat([Buffer.from(`M ${mode} inline ${quoted(each.put)}\n`), data(each.content)]);
};

type Place = { readonly ref: string; readonly mark: number; readonly parents: string };

const commit = (
  { at, message = 'change' }: Pick<MadeCommit, 'at' | 'message'>,
  { ref, mark, parents }: Place,
): Buffer =>
  Buffer.concat([
    Buffer.from(
      `commit refs/heads/${ref}\nmark :${mark}\ncommitter C <c@example.org> ${at} +0200\n`,
    ),
    data(message),
    Buffer.from(parents),
  ]);

/** Makes commits on main, in the order given. */
export const makeCommits = (folder: string, commits: readonly MadeCommit[]): void => {
  const stream = commits.flatMap((made, at) => {
    const place = {
      ref: 'main',
      mark: 2 * at + 1,
      parents: at === 0 ? '' : `from :${2 * at - 1}\n`,
    };
    if (made.merging === undefined) return [commit(made, place), ...made.changes.map(change)];
    const side = { ...place, ref: `side-${at}`, mark: 2 * at + 2 };
    const parents = at === 0 ? `from :${side.mark}\n` : `${place.parents}merge :${side.mark}\n`;
    const brought = at === 0 ? [] : made.merging;
    return [
      commit({ at: made.at, message: 'on a branch' }, side),
      ...made.merging.map(change),
      commit(made, { ...place, parents }),
      ...[...brought, ...made.changes].map(change),
    ];
  });
  git(folder, ['fast-import', '--quiet', '--date-format=raw-permissive'], Buffer.concat(stream));
};

/** A bare repository with these commits on main. */
export const aRepository = (commits: readonly MadeCommit[]): string => {
  const folder = emptyRepository('--bare');
  makeCommits(folder, commits);
  return folder;
};
