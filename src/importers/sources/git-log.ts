import { type RunningGit, startGit } from './git-program.ts';
import { SourceUnavailable } from './source-unavailable.ts';
import { zeroParts } from './zero-parts.ts';

/** One path that a commit touched, as `git log --raw` has it. */
export type Touched = {
  /** Of the kind of thing before and now, six octal digits: 100644 a file, 120000 a link, 160000 a submodule, 000000 nothing. */
  readonly modes: readonly [before: string, now: string];
  /** The blob now; zeros for nothing. */
  readonly blob: string;
  readonly sameBlob: boolean;
  /** Before and now; the same where it was not renamed. */
  readonly paths: readonly [before: string, now: string];
  /** The name is not UTF-8, so the path is only near to it. */
  readonly misnamed: readonly [before: boolean, now: boolean];
};

/** One commit of the first-parent history, against its first parent. */
export type LoggedCommit = {
  readonly commit: string;
  readonly committedAt: number;
  readonly subject: string;
  readonly body: string;
  readonly touched: readonly Touched[];
};

/** How renames are found. SIMILAR reads contents, which a clone without all of them can't give. */
export type Renames = 'SIMILAR' | 'SAME_CONTENT';

const ARGS = [
  ...[
    'log',
    '--first-parent',
    '--diff-merges=first-parent',
    '--reverse',
    '--raw',
    '-z',
    '--no-abbrev',
    '--root',
  ],
  ...['--encoding=UTF-8', '--no-color', '--no-follow', '--no-relative', '--no-ext-diff'],
  ...['--no-textconv', '--ignore-submodules=none', '-O/dev/null', '-l2000'],
  '--format=%H%x00%ct%x00%s%x00%b',
];

const FIELDS = 4;
const REPLACED = '\uFFFD';

const isMisnamed = (name: Buffer, text: string): boolean =>
  text.includes(REPLACED) && !Buffer.from(text).equals(name);

/** Takes the parts of the log one by one and hands out each commit when the next one begins. */
class LogReader {
  #fields: string[] = [];
  #touched: Touched[] = [];
  #record: readonly string[] | undefined;
  #names: Buffer[] = [];

  /** The commit that this part shows to be complete. */
  take(part: Buffer): LoggedCommit | undefined {
    if (this.#record !== undefined) return this.#name(this.#record, part);
    const text = part.toString('utf8');
    if (this.#fields.length < FIELDS) return this.#field(text);
    const record = text.replace(/^\n+/, '');
    if (record.startsWith(':')) {
      this.#record = record.slice(1).split(' ');
      return undefined;
    }
    const whole = this.whole();
    this.#fields = [record];
    return whole;
  }

  /** What was read since the last one; undefined when nothing was. */
  whole(): LoggedCommit | undefined {
    const [commit, committedAt, subject = '', body = ''] = this.#fields;
    if (commit === undefined || this.#fields.length < FIELDS) return undefined;
    const touched = this.#touched;
    this.#fields = [];
    this.#touched = [];
    const seconds = committedAt === '' ? Number.NaN : Number(committedAt);
    return { commit, committedAt: seconds, subject, body, touched };
  }

  #field(text: string): undefined {
    this.#fields.push(text);
  }

  #name(record: readonly string[], name: Buffer): undefined {
    this.#names.push(name);
    const [before = '', now = '', old = '', blob = '', status = ''] = record;
    const renamed = /^[RC]/.test(status);
    if (renamed && this.#names.length < 2) return;
    const [was = name, is = was] = this.#names;
    const paths = [was.toString('utf8'), is.toString('utf8')] as const;
    this.#touched.push({
      modes: [before, now],
      blob,
      sameBlob: old === blob,
      paths,
      misnamed: [isMisnamed(was, paths[0]), isMisnamed(is, paths[1])],
    });
    this.#record = undefined;
    this.#names = [];
  }
}

async function* commitsIn(git: RunningGit): AsyncGenerator<LoggedCommit> {
  const reader = new LogReader();
  for await (const part of zeroParts(git.process.stdout)) {
    const commit = reader.take(part);
    if (commit !== undefined) yield commit;
  }
  if ((await git.over) !== 0) return;
  const last = reader.whole();
  if (last !== undefined) yield last;
}

/**
 * The first-parent history that ends with a commit, oldest first, as git gives it. It is read as it is asked for, so
 * git waits for a slow reader.
 * @throws {SourceUnavailable} where git can't go on; the commits given so far are whole
 */
export async function* gitLog(
  path: string,
  { commit, renames }: { readonly commit: string; readonly renames: Renames },
): AsyncGenerator<LoggedCommit> {
  const similarity = renames === 'SIMILAR' ? '-M' : '-M100%';
  const git = startGit(path, [...ARGS, similarity, '--end-of-options', commit, '--']);
  git.process.stdin.end();
  try {
    yield* commitsIn(git);
    if ((await git.over) !== 0) throw new SourceUnavailable(`git log ended: ${git.complaint()}`);
  } finally {
    git.process.kill();
  }
}
