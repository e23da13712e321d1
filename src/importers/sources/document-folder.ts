import { realpath, stat } from 'node:fs/promises';
import { basename, relative, sep } from 'node:path';
import type { Edtf } from '#events/edtf.ts';
import type { LeftOut, VersionSource } from '../documents/version-source.ts';
import { momentOf } from './dated.ts';
import type { FoundFile } from './folder-files.ts';
import { type Dating, FolderPile } from './folder-pile.ts';
import { type FileVersion, oneFormatEach } from './folder-versions.ts';
import { type Manifest, onLine, readManifest } from './manifest.ts';
import { oneLine } from './one-line.ts';
import { SourceUnavailable } from './source-unavailable.ts';
import { versionName } from './version-name.ts';

const UNKNOWN = 'unknown' as Edtf;

const titleOf = ({ path }: FoundFile): string => oneLine(basename(path)) ?? 'document';

/** By the marks in the names of the files. */
const fromName: Dating = async (files, root) => {
  const { kept, leftOut } = oneFormatEach(
    files.map((file) => {
      const name = versionName(file.path, root);
      return { file, name, announcedAt: name.date ?? UNKNOWN, title: titleOf(file) };
    }),
  );
  return { versions: kept, leftOut };
};

/** By when the files were last changed; their names still tell the documents and the order. */
const fromMtime: Dating = async (files, root) => {
  const { versions, leftOut } = await fromName(files, root);
  const dated = versions.map((each) => ({ ...each, announcedAt: momentOf(each.file.changedAt) }));
  return { versions: dated, leftOut };
};

const unlisted = ({ path }: FoundFile): LeftOut => ({
  path,
  code: 'NO_DATE',
  message: 'The manifest does not list it.',
});

const listed = (
  files: readonly FoundFile[],
  { manifest, root }: { readonly manifest: Manifest; readonly root: string },
): Awaited<ReturnType<Dating>> => {
  const found = new Set(files.map(({ path }) => path));
  const versions = files.flatMap((file): FileVersion[] => {
    const line = manifest.files.get(file.path);
    if (line === undefined) return [];
    const name = versionName(file.path, root);
    const { date, document = name.document, title } = line;
    return [
      {
        file,
        name: { ...name, document },
        announcedAt: date,
        title: oneLine(title ?? '') ?? titleOf(file),
      },
    ];
  });
  const idle = [...manifest.files].filter(([path]) => !found.has(path));
  return {
    versions,
    leftOut: [
      ...manifest.leftOut,
      ...idle.map(([path, { line }]) =>
        onLine(line, 'OUTSIDE', `There is no document ${path} in the folder.`),
      ),
      ...files.filter(({ path }) => !manifest.files.has(path)).map(unlisted),
    ],
  };
};

export type FolderOptions = {
  /**
   * `from-name`: a date in the name of the file, else unknown; `from-mtime`: when the file was last changed; else
   * the path of a CSV file with the columns `file,date[,document][,title]`.
   */
  readonly dates?: 'from-name' | 'from-mtime' | (string & {});
};

const rootOf = async (path: string): Promise<string> => {
  try {
    const root = await realpath(path);
    if ((await stat(root)).isDirectory()) return root;
  } catch (error) {
    throw new SourceUnavailable(`There is nothing to be read at ${path}.`, { cause: error });
  }
  throw new SourceUnavailable(`${path} is no folder; name the folder that the documents lie in.`);
};

const byManifest = async (root: string, path: string): Promise<FolderPile> => {
  await readManifest(path);
  const own = relative(root, await realpath(path))
    .split(sep)
    .join('/');
  return new FolderPile(root, {
    dating: async (files, name) =>
      listed(files, { manifest: await readManifest(path), root: name }),
    apart: new Set([own]),
  });
};

/**
 * A folder of documents: Markdown and other text, HTML, Word (.docx) and PDF with text, at any depth. Files whose names
 * differ only in marks are versions of one document: `MSA v3 signed.docx`, `MSA_2024-03-01.docx` and
 * `MSA (final) v2.docx` are of `MSA`. Text is kept to the byte, the other formats become Markdown (PDF: lines). Links
 * are not followed.
 * @throws {SourceUnavailable} where there is no such folder or manifest
 */
export const documentFolder = async (
  path: string,
  { dates = 'from-name' }: FolderOptions = {},
): Promise<VersionSource> => {
  const root = await rootOf(path);
  if (dates !== 'from-name' && dates !== 'from-mtime') return byManifest(root, dates);
  const dating = dates === 'from-name' ? fromName : fromMtime;
  return new FolderPile(root, { dating, apart: new Set() });
};
