import type { Source } from '#events/source.ts';
import type { LeftOut, VersionHead } from '../documents/version-source.ts';
import type { Chosen } from './chosen-paths.ts';
import { dayOf, momentOf } from './dated.ts';
import { formatOf } from './document-formats.ts';
import type { LoggedCommit, Touched } from './git-log.ts';
import { oneLine } from './one-line.ts';

/** What is told of a version beyond what every commit has. */
export type Told = { readonly sources: readonly Source[]; readonly note?: string };

const LINK = '120000';
const SUBMODULE = '160000';

/** The key to a content: the blob, and before it the format where its text has to be converted out of it. */
const contentKey = (path: string, blob: string): string => {
  const format = formatOf(path);
  return format === 'DOCX' || format === 'PDF' ? `${format}:${blob}` : blob;
};

/** The blob and the format in a key that `contentOf` made. */
export const asked = (
  content: string,
): { readonly blob: string; readonly format: 'TEXT' | 'DOCX' | 'PDF' } => {
  const [format, blob] = content.split(':');
  return blob === undefined
    ? { blob: content, format: 'TEXT' }
    : { blob, format: format === 'PDF' ? 'PDF' : 'DOCX' };
};

/** The document that a path was or is in a commit, if it is one. */
const documentAt = (touched: Touched, side: 0 | 1, chosen: Chosen): string | undefined => {
  const path = touched.paths[side];
  const isFile = touched.modes[side].startsWith('100');
  return isFile && !touched.misnamed[side] && chosen(path) ? path : undefined;
};

/** A source that names the document and the commit. */
export const commitSource = (
  { commit, committedAt }: Pick<LoggedCommit, 'commit' | 'committedAt'>,
  path: string,
): Source => {
  const published = dayOf(momentOf(committedAt));
  return {
    title: oneLine(`${path}, commit ${commit.slice(0, 12)}`) ?? commit,
    ...(published && { published }),
    grade: 'DOCUMENT_TEXT',
  };
};

/** What a touched path can't be taken in for, where it could be expected to be. */
export const notTaken = (
  { modes, paths, misnamed }: Touched,
  { commit }: LoggedCommit,
  chosen: Chosen,
): LeftOut | undefined => {
  const [path, before, now] = [paths[1], ...modes];
  const left = (code: LeftOut['code'], message: string): LeftOut => ({
    path,
    versionId: commit,
    code,
    message,
  });
  if (now === SUBMODULE && before !== SUBMODULE)
    return left('SUBMODULE', 'A submodule: import the repository that it stands for by itself.');
  if (!chosen(path)) return undefined;
  if (now === LINK)
    return left('LINK', 'A symbolic link: what it leads to is taken in where it lies.');
  if (misnamed[1] && now.startsWith('100'))
    return left('UNREADABLE', 'Its name is not UTF-8: rename it to take it in.');
  return undefined;
};

/** The version that a touched path makes, if any: a content, a new name or a withdrawal. */
export const versionIn = (
  touched: Touched,
  commit: LoggedCommit,
  {
    order,
    chosen,
    tell,
  }: {
    readonly order: number;
    readonly chosen: Chosen;
    readonly tell: (commit: LoggedCommit, path: string) => Told;
  },
): VersionHead | undefined => {
  const before = documentAt(touched, 0, chosen);
  const now = documentAt(touched, 1, chosen);
  const path = now ?? before;
  if (path === undefined || (before === now && touched.sameBlob)) return undefined;
  const title = oneLine(commit.subject);
  return {
    path,
    versionId: commit.commit,
    order,
    announcedAt: momentOf(commit.committedAt),
    ...(title && { title }),
    ...tell(commit, path),
    ...(now !== undefined && before !== undefined && before !== now && { renamedFrom: before }),
    ...(now !== undefined && { content: contentKey(now, touched.blob) }),
  };
};
