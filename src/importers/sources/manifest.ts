import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type EdtfOrInstant, edtfOrInstant } from '#events/instants.ts';
import type { LeftOut } from '../documents/version-source.ts';
import { SourceUnavailable } from './source-unavailable.ts';

/** What a line of a manifest says of a file. */
export type Listed = {
  readonly date: EdtfOrInstant;
  readonly document?: string;
  readonly title?: string;
  /** The line in the manifest, from 1. */
  readonly line: number;
};

export type Manifest = {
  /** By path below the folder, with `/`. */
  readonly files: ReadonlyMap<string, Listed>;
  readonly leftOut: readonly LeftOut[];
};

const records = z.array(
  z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.int() }) }),
);

const recordsIn = async (path: string, text: string): Promise<z.infer<typeof records>> => {
  const { parse } = await import('csv-parse/sync');
  try {
    return records.parse(
      parse(text, {
        bom: true,
        columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
        info: true,
        relax_column_count: true,
        skip_empty_lines: true,
        trim: true,
      }),
    );
  } catch (error) {
    throw new SourceUnavailable(
      `The manifest ${path} is no CSV: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
};

const textOf = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new SourceUnavailable(`The manifest ${path} can not be opened.`, { cause: error });
  }
};

const said = (text: string | undefined): string | undefined => (text ? text : undefined);

/** Something about a line of a manifest, told under its number. */
export const onLine = (line: number, code: LeftOut['code'], message: string): LeftOut => ({
  path: `manifest line ${line}`,
  code,
  message,
});

type Line = z.infer<typeof records>[number];

/** The path that a line names and what it says of it, or why it can't be used. */
const listedIn = ({ record, info: { lines } }: Line): readonly [string, Listed | LeftOut] => {
  const file = (record['file'] ?? '').replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
  const { data: date, error } = edtfOrInstant.safeParse(record['date']);
  if (date === undefined) {
    const why = error.issues[0]?.message ?? 'no date';
    return [file, onLine(lines, 'NO_DATE', `${file}: ${why}`)];
  }
  const [document, title] = [said(record['document']), said(record['title'])];
  return [file, { date, line: lines, ...(document && { document }), ...(title && { title }) }];
};

const checkColumns = (path: string, [first]: readonly Line[]): void => {
  const columns = Object.keys(first?.record ?? { file: '', date: '' });
  const lacks = ['file', 'date'].filter((name) => !columns.includes(name));
  if (lacks.length === 0) return;
  throw new SourceUnavailable(
    `The manifest ${path} lacks the column ${lacks.join(' and ')}; its first line names them: file,date,document,title.`,
  );
};

/**
 * Reads a manifest: CSV with the columns `file`, `date` (EDTF or an instant), and perhaps `document` and `title`. A
 * line that can't be used is left out by its number.
 * @throws {SourceUnavailable} where there is none, or it lacks a column
 */
export const readManifest = async (path: string): Promise<Manifest> => {
  const lines = await recordsIn(path, await textOf(path));
  checkColumns(path, lines);
  const files = new Map<string, Listed>();
  const leftOut: LeftOut[] = [];
  for (const line of lines) {
    const [file, found] = listedIn(line);
    if ('code' in found) leftOut.push(found);
    else if (!files.has(file)) files.set(file, found);
    else leftOut.push(onLine(found.line, 'OUTSIDE', `${file} is listed before; that line counts.`));
  }
  return { files, leftOut };
};
