import { extname } from 'node:path';

/** How the text of a document is had: TEXT is in the file as it is, the others are converted. */
export type Format = 'TEXT' | 'HTML' | 'DOCX' | 'PDF';

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ...['.md', '.markdown', '.mdown', '.mkd', '.txt', '.text', '.rst', '.adoc', '.asciidoc'].map(
    (ending) => [ending, 'TEXT'] as const,
  ),
  ['.html', 'HTML'],
  ['.htm', 'HTML'],
  ['.xhtml', 'HTML'],
  ['.docx', 'DOCX'],
  ['.pdf', 'PDF'],
]);

/** The ending of a path with its dot, in small letters; empty where it has none. */
export const endingOf = (path: string): string => extname(path).toLowerCase();

/** By the ending of its name; undefined for what is no document as far as one can see. */
export const formatOf = (path: string): Format | undefined => FORMATS.get(endingOf(path));
