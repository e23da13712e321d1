import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { askGit, type RunningGit, startGit } from '#importers/sources/git-program.ts';
import type { Commit } from './commit.ts';
import { BRANCH, fastImport } from './fast-import.ts';

/** Where something can't be written to; the message says why and what to do. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';
}

/** What was made: how many commits, and the last of them. */
export type MadeRepository = { readonly commits: number; readonly head: string };

const ran = async (folder: string, args: readonly string[]): Promise<string> => {
  const { answer, complaint } = await askGit(folder, args);
  if (answer === undefined) throw new ExportRefused(`git ${args[0]} failed: ${complaint}`);
  return answer;
};

/** Writes to git as it takes it. @throws the signal's reason when it aborts */
const write = async (git: RunningGit, texts: Iterable<string>, signal: AbortSignal) => {
  const { stdin, stdout } = git.process;
  stdout.resume();
  try {
    for (const text of texts) {
      signal.throwIfAborted();
      if (!stdin.write(text)) await Promise.race([once(stdin, 'drain'), git.over]);
    }
    stdin.end();
  } catch (trouble) {
    git.process.kill();
    await git.over;
    throw trouble;
  }
  if ((await git.over) !== 0) throw new ExportRefused(`git fast-import failed: ${git.complaint()}`);
};

/** Makes a repository in an empty folder. */
const make = async (
  folder: string,
  commits: Iterable<Commit>,
  signal: AbortSignal,
): Promise<MadeRepository> => {
  const fresh = ['--quiet', '--template=', '--object-format=sha1', `--initial-branch=${BRANCH}`];
  await ran(folder, ['init', ...fresh]);
  let many = 0;
  const counted = Iterator.from(commits).map((commit) => {
    many += 1;
    return commit;
  });
  const git = startGit(folder, ['fast-import', '--quiet', '--done', '--date-format=raw']);
  await write(git, fastImport(counted), signal);
  if (many === 0)
    throw new ExportRefused('There is no version to write: no term is in force on any day.');
  return { commits: many, head: await ran(folder, ['rev-parse', `refs/heads/${BRANCH}`]) };
};

const contentsOf = async (folder: string): Promise<readonly string[] | undefined> => {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new ExportRefused(`${folder} is no folder that can be read (${code}); name another.`);
  }
};

/** Without git nothing is touched. @throws {SourceUnavailable} */
const thereIsGit = (): Promise<string> => ran('.', ['--version']);

/**
 * Writes commits as a git repository with its files checked out; the same commits give the same hashes.
 * @param folder one that is empty or not there
 * @throws {ExportRefused} and leaves nothing behind, {SourceUnavailable} where there is no git
 */
export const exportRepository = async (
  folder: string,
  commits: Iterable<Commit>,
  signal: AbortSignal,
): Promise<MadeRepository> => {
  const path = resolve(folder);
  await thereIsGit();
  const there = await contentsOf(path);
  if (there !== undefined && there.length > 0) {
    throw new ExportRefused(`${folder} is not empty; name a new folder, or empty this one.`);
  }
  try {
    await mkdir(path, { recursive: true });
    const made = await make(path, commits, signal);
    await ran(path, ['reset', '--hard', '--quiet']);
    return made;
  } catch (trouble) {
    await rm(there === undefined ? path : join(path, '.git'), { recursive: true, force: true });
    throw trouble;
  }
};

/**
 * Writes the same repository as one file that git clones from.
 * @param file written anew where it is there
 * @throws {ExportRefused}, {SourceUnavailable} where there is no git
 */
export const exportBundle = async (
  file: string,
  commits: Iterable<Commit>,
  signal: AbortSignal,
): Promise<MadeRepository> => {
  await thereIsGit();
  const folder = await mkdtemp(join(tmpdir(), 'codicil-export-'));
  try {
    const made = await make(folder, commits, signal);
    await ran(folder, ['bundle', 'create', '--quiet', resolve(file), 'HEAD', BRANCH]);
    return made;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
