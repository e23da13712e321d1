import { type EdtfOrInstant, earliestMs } from '#events/instants.ts';
import type { LeftOut } from '../documents/version-source.ts';
import { type Format, formatOf } from './document-formats.ts';
import type { FoundFile } from './folder-files.ts';
import type { VersionName } from './version-name.ts';

/** A file as a version of a document. */
export type FileVersion = {
  readonly file: FoundFile;
  readonly name: VersionName;
  readonly announcedAt: EdtfOrInstant;
  readonly title: string;
};

/** The versions of one document, first to last. */
export type FolderDocument = { readonly path: string; readonly versions: readonly FileVersion[] };

/** What is unknown stands first. */
const timeOf = (date: EdtfOrInstant): number =>
  date === 'unknown' ? Number.NEGATIVE_INFINITY : earliestMs(date);

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

const compareNumbers = (a: readonly number[] = [], b: readonly number[] = []): number => {
  const differs = a.findIndex((part, at) => part !== b[at]);
  if (differs < 0) return compare(a.length, b.length);
  return compare(a[differs] ?? 0, b[differs] ?? -1);
};

const byTime = (a: FileVersion, b: FileVersion): number =>
  compare(timeOf(a.announcedAt), timeOf(b.announcedAt));

const byNumber = (a: FileVersion, b: FileVersion): number =>
  compareNumbers(a.name.number, b.name.number);

const byRest = (a: FileVersion, b: FileVersion): number =>
  compare(a.name.stage, b.name.stage) ||
  compare(a.name.copy, b.name.copy) ||
  (a.file.path < b.file.path ? -1 : 1);

/** By the numbers where each has one, else by the dates; then by how far the paper had come, and by name. */
const inOrder = (versions: readonly FileVersion[]): readonly FileVersion[] => {
  const numbered = versions.every(({ name }) => name.number !== undefined);
  const [first, second] = numbered ? [byNumber, byTime] : [byTime, byNumber];
  return versions.toSorted((a, b) => first(a, b) || second(a, b) || byRest(a, b));
};

/** Letters large or small, and composed or not, make no other document. */
const documentKey = (name: string): string => name.normalize('NFC').toLowerCase();

/** The documents that the files are versions of, in the order of their paths. */
export const documentsOf = (files: readonly FileVersion[]): readonly FolderDocument[] =>
  [...Map.groupBy(files, ({ name }) => documentKey(name.document))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => {
      const versions = inOrder(group);
      return { path: versions[0]?.name.document ?? key, versions };
    });

const PREFERENCE: readonly (Format | undefined)[] = ['TEXT', 'DOCX', 'HTML', 'PDF'];

const preference = ({ file }: FileVersion): number => PREFERENCE.indexOf(formatOf(file.path));

/** Equal for files whose names say the same, such as `MSA v2.docx` and `MSA_v2.pdf`. */
const versionKey = ({ name }: FileVersion): string =>
  JSON.stringify({ ...name, document: documentKey(name.document) });

/** Of the same version in several formats, the one that says most of its structure; the others are left out. */
export const oneFormatEach = (
  files: readonly FileVersion[],
): { readonly kept: readonly FileVersion[]; readonly leftOut: readonly LeftOut[] } => {
  const kept: FileVersion[] = [];
  const leftOut: LeftOut[] = [];
  for (const same of Map.groupBy(files, versionKey).values()) {
    const best = same.reduce((a, b) => (preference(b) < preference(a) ? b : a));
    for (const each of same) {
      if (preference(each) === preference(best)) kept.push(each);
      else
        leftOut.push({
          path: each.file.path,
          code: 'OUTSIDE',
          message: `The same version as ${best.file.path}, which is taken.`,
        });
    }
  }
  return { kept, leftOut };
};
