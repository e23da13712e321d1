import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { dirname, resolve } from 'node:path';
import { SourceUnavailable } from './source-unavailable.ts';

/**
 * A strange clone is read, and nothing of it run: no hooks, filters, pagers or helpers are reached by what is called
 * here, nothing is fetched, and neither the user's settings nor variables of a surrounding git have a say. That is why
 * another owner of the folder may be put up with.
 */
const SETTINGS = {
  'core.fsmonitor': 'false',
  'core.hooksPath': devNull,
  'log.showRoot': 'true',
  'log.showSignature': 'false',
  'safe.directory': '*',
};

const environment = (path: string): NodeJS.ProcessEnv => {
  const ours = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name));
  const settings = Object.entries(SETTINGS);
  return {
    ...Object.fromEntries(ours),
    ...Object.fromEntries(
      settings.flatMap(([key, value], at) => [
        [`GIT_CONFIG_KEY_${at}`, key],
        [`GIT_CONFIG_VALUE_${at}`, value],
      ]),
    ),
    GIT_CONFIG_COUNT: String(settings.length),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CEILING_DIRECTORIES: dirname(resolve(path)),
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
};

/** A running git: its output, and what became of it. */
export type RunningGit = {
  readonly process: ChildProcessWithoutNullStreams;
  /** Its exit code once it is over; null when a signal ended it. Never rejects but where git can't be started. */
  readonly over: Promise<number | null>;
  /** What it complained of so far; the last few thousand characters. */
  complaint(): string;
};

const MOST_COMPLAINT = 4_000;

const notStarted = (error: unknown): SourceUnavailable =>
  new SourceUnavailable(
    'The program git could not be started; install git (2.31 or later) so that it is found on the PATH.',
    { cause: error },
  );

/** Starts git in a repository. Whoever reads its output ends it. */
export const startGit = (path: string, args: readonly string[]): RunningGit => {
  const child = spawn('git', ['--no-pager', '-C', path, ...args], {
    env: environment(path),
    stdio: 'pipe',
    windowsHide: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-MOST_COMPLAINT);
  });
  // A git that ended takes no more input; its exit code and complaint tell.
  child.stdin.on('error', () => {});
  const over = once(child, 'close').then(
    ([code]) => code as number | null,
    (error: unknown) => {
      throw notStarted(error);
    },
  );
  // Waited for later, or not at all.
  over.catch(() => {});
  return { process: child, over, complaint: () => said.trim() };
};

/** What a git command prints, or undefined when it ends with anything but 0. @throws {SourceUnavailable} without git */
export const askGit = async (
  path: string,
  args: readonly string[],
): Promise<{ readonly answer?: string; readonly complaint: string }> => {
  const git = startGit(path, args);
  git.process.stdin.end();
  const chunks: Buffer[] = [];
  git.process.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await git.over;
  const complaint = git.complaint();
  return code === 0
    ? { answer: Buffer.concat(chunks).toString('utf8').trim(), complaint }
    : { complaint };
};
