const LONGEST = 1_000;
const LONGEST_NAME = 255;

/** Marks that are not seen: some file systems pass them over, and take a name with them for another. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const NOT_EVERYWHERE = /[\\:*?"<>|]/;

/** What git or a system has a use of its own for: `.git`, `.gitattributes`, `GIT~1`, `..`, `CON`. */
const RESERVED = /^(?:\.{1,2}|\.git.*|git~\d+|(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?)$/i;

const isName = (name: string): boolean =>
  name !== '' &&
  Buffer.byteLength(name) <= LONGEST_NAME &&
  !RESERVED.test(name) &&
  !UNSEEN.test(name) &&
  !NOT_EVERYWHERE.test(name) &&
  !/^ |[. ]$/.test(name);

/** True for a relative path with `/` between folders that can be written on any file system and means no more than that. */
export const isSafePath = (path: string): boolean =>
  Buffer.byteLength(path) <= LONGEST && path.split('/').every(isName);
