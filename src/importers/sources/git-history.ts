import type { LeftOut } from '../documents/version-source.ts';
import { gitLog, type LoggedCommit } from './git-log.ts';
import { askGit } from './git-program.ts';
import { SourceUnavailable } from './source-unavailable.ts';

const branches = async (path: string): Promise<string> => {
  const { answer } = await askGit(path, [
    ...['for-each-ref', '--count=20', '--format=%(refname:short)'],
    ...['refs/heads', 'refs/remotes'],
  ]);
  return (answer ?? '').split('\n').filter(Boolean).join(', ');
};

/**
 * The commit that a ref names, HEAD without one; undefined in a repository without any commit.
 * @throws {SourceUnavailable} where the repository has commits, but none of that name
 */
export const tipOf = async (path: string, ref = 'HEAD'): Promise<string | undefined> => {
  const { answer } = await askGit(path, [
    ...['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`],
  ]);
  if (answer !== undefined && answer !== '') return answer;
  const there = await branches(path);
  if (there === '' && ref === 'HEAD') return undefined;
  const has = there === '' ? 'no commits' : `the branches ${there}`;
  throw new SourceUnavailable(`${ref} names no commit; the repository has ${has}.`);
};

/** Said where the history is not whole, because the clone is shallow. */
const cutOff = async (path: string): Promise<LeftOut | undefined> => {
  const { answer } = await askGit(path, ['rev-parse', '--is-shallow-repository']);
  if (answer !== 'true') return undefined;
  return {
    path: '.',
    code: 'CUT_OFF',
    message:
      'The clone is shallow: its documents seem to begin with its first commit; fetch the rest by git fetch --unshallow.',
  };
};

/** Contents that only a comparison would have needed may be missing from a clone without harm. */
const roughly = (commit: string | undefined): LeftOut => ({
  path: '.',
  ...(commit !== undefined && { versionId: commit }),
  code: 'CUT_OFF',
  message:
    'The clone lacks contents: from here on, who was renamed and changed at once shows as withdrawn and new.',
});

/**
 * Everything in the first-parent history of a commit, oldest first, and what there is to be said about the history
 * itself. Renames with changes are found as long as the clone has the contents for it.
 */
export async function* gitHistory(
  path: string,
  commit: string,
): AsyncGenerator<LoggedCommit | LeftOut> {
  const cut = await cutOff(path);
  if (cut !== undefined) yield cut;
  let given = 0;
  let last: string | undefined;
  try {
    for await (const logged of gitLog(path, { commit, renames: 'SIMILAR' })) {
      given += 1;
      last = logged.commit;
      yield logged;
    }
    return;
  } catch (error) {
    if (!(error instanceof SourceUnavailable)) throw error;
  }
  yield roughly(last);
  for await (const logged of gitLog(path, { commit, renames: 'SAME_CONTENT' })) {
    if (given > 0) given -= 1;
    else yield logged;
  }
}
