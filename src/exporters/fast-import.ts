import type { Commit } from './commit.ts';

/** Always the same, so that the same history gives the same hashes. */
const IDENTITY = 'Codicil <codicil@localhost>';
export const BRANCH = 'main';

const twoDigits = (n: number): string => String(n).padStart(2, '0');

const clock = (ahead: number): string => {
  const minutes = Math.abs(ahead);
  return `${ahead < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}${twoDigits(minutes % 60)}`;
};

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

const quoted = (path: string): string => `"${path.replace(/["\\]/g, '\\$&')}"`;

const messageOf = ({ titles, trailers }: Commit): string => {
  const [subject, ...more] = titles;
  const body = more.length === 0 ? '' : `${more.join('\n')}\n\n`;
  return `${subject}\n\n${body}${trailers.map(([key, value]) => `${key}: ${value}\n`).join('')}`;
};

/** What `git fast-import` reads: commits of one file on one branch, one behind the other. */
export function* fastImport(commits: Iterable<Commit>): Generator<string> {
  let before: string | undefined;
  for (const commit of commits) {
    const { at, ahead, file } = commit;
    const who = `${IDENTITY} ${Math.floor(at / 1_000)} ${clock(ahead)}\n`;
    yield `commit refs/heads/${BRANCH}\nauthor ${who}committer ${who}${data(messageOf(commit))}`;
    if (before !== undefined && before !== file?.path) yield `D ${quoted(before)}\n`;
    if (file !== undefined) yield `M 100644 inline ${quoted(file.path)}\n${data(file.text)}`;
    before = file?.path;
  }
  yield 'done\n';
}
