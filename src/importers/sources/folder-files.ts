import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftOut } from '../documents/version-source.ts';

/** A file below a folder; its path has `/` and begins below the folder. */
export type FoundFile = {
  readonly path: string;
  readonly bytes: number;
  /** When it was last changed, in seconds since 1970. */
  readonly changedAt: number;
};

const left = (path: string, code: LeftOut['code'], message: string): LeftOut => ({
  path,
  code,
  message,
});

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

const kindOf = (entry: Stats): 'FILE' | 'FOLDER' | 'LINK' | 'OTHER' => {
  if (entry.isFile()) return 'FILE';
  if (entry.isDirectory()) return 'FOLDER';
  return entry.isSymbolicLink() ? 'LINK' : 'OTHER';
};

const byName = (a: Dirent, b: Dirent): number => (a.name < b.name ? -1 : 1);

async function* entry(root: string, path: string): AsyncGenerator<FoundFile | LeftOut> {
  const found = await lstat(join(root, path));
  switch (kindOf(found)) {
    case 'FILE':
      yield { path, bytes: found.size, changedAt: Math.floor(found.mtimeMs) / 1_000 };
      return;
    case 'FOLDER':
      yield* below(root, path);
      return;
    case 'LINK':
      yield left(path, 'LINK', 'A symbolic link: what it leads to is taken in where it lies.');
      return;
    default:
      yield left(path, 'UNREADABLE', 'Neither a file nor a folder.');
  }
}

async function* below(root: string, folder: string): AsyncGenerator<FoundFile | LeftOut> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  for (const { name } of entries.sort(byName)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (name.startsWith('.')) {
      yield left(path, 'OUTSIDE', 'Hidden: not looked at.');
      continue;
    }
    try {
      yield* entry(root, path);
    } catch (error) {
      yield left(path, 'UNREADABLE', `It can not be opened (${reasonOf(error)}).`);
    }
  }
}

/** All files below a folder in the order of their names; links are not followed, so there are no circles. */
export const folderFiles = (root: string): AsyncGenerator<FoundFile | LeftOut> => below(root, '');
