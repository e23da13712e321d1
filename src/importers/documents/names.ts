import { createHash } from 'node:crypto';
import { slug } from './slug.ts';

const LONGEST = 120;

const mark = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** What a format is called behind a name; `.spelling` is a name itself. */
const EXTENSION = /(?<=[^./])(?:\.versions)?\.[a-z0-9]{1,8}$/i;

/**
 * A readable id for a path: `Policies/Terms of use.md` → `policies.terms-of-use`. Where the path has letters that an
 * id can't have, or is too long for one, a hash of the path tells it from others.
 */
export const idOfPath = (path: string): string => {
  const parts = path.replace(EXTENSION, '').split('/').map(slug);
  const readable = parts
    .filter((part) => part !== '')
    .join('.')
    .slice(0, LONGEST);
  const plain = readable.replace(/[.-]+$/, '');
  const isTold = parts.every((part) => part !== '') && plain.length === readable.length;
  return isTold && readable.length < LONGEST
    ? plain
    : [plain, mark(path)].filter(Boolean).join('.');
};

/** The id, or with a number behind it where it is taken already. */
export const freeId = (id: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(id)) return id;
  for (let n = 2; ; n++) if (!taken.has(`${id}-${n}`)) return `${id}-${n}`;
};

/** An id for what a pile calls a version: a commit stays as it is. */
export const idOfVersion = (versionId: string): string =>
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,199}$/.test(versionId) ? versionId : `v-${mark(versionId)}`;

/** A path as the title of an agreement: on one line, whatever the path holds. */
export const titleOf = (path: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: names of files may hold them
  path.replace(/[\u0000-\u001f\u007f]/g, (character) => JSON.stringify(character).slice(1, -1));
