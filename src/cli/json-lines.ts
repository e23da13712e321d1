import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CliFailure } from './exit-codes.ts';

/** One line of a file that was read, and where it stands. */
export type Line<T> = { readonly at: string; readonly value: T };

const MOST_SHOWN = 20;

const problemOf = (trouble: unknown): string => {
  if (trouble instanceof z.ZodError) {
    const told = trouble.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join('.')}: ${message}`,
    );
    return told.join('; ');
  }
  return trouble instanceof Error ? trouble.message : String(trouble);
};

/** The text of a file. @throws {CliFailure} when it can't be read. */
export const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (trouble) {
    const code = (trouble as NodeJS.ErrnoException).code ?? 'unknown error';
    if (code === 'ENOENT') throw new CliFailure('NOT_FOUND', `There is no file ${file}.`);
    throw new CliFailure('UNAVAILABLE', `The file ${file} can't be read (${code}).`);
  }
};

/**
 * Reads a file with one JSON value a line; empty lines are skipped. `read` turns the nth value (from 1) into
 * what is wanted, or throws what is wrong with it.
 * @throws {CliFailure} that names every bad line as file:line.
 */
export const readJsonLines = <T>(
  file: string,
  read: (value: unknown, n: number) => T,
): readonly Line<T>[] => {
  const lines: Line<T>[] = [];
  const problems: string[] = [];
  let n = 0;
  for (const [i, text] of textOf(file).split('\n').entries()) {
    if (text.trim() === '') continue;
    n += 1;
    const at = `${file}:${i + 1}`;
    try {
      lines.push({ at, value: read(JSON.parse(text), n) });
    } catch (trouble) {
      problems.push(`${at}: ${problemOf(trouble)}`);
    }
  }
  assertNone(problems);
  return lines;
};

/** @throws {CliFailure} with the first of the problems, when there are any. */
export const assertNone = (problems: readonly string[]): void => {
  if (problems.length === 0) return;
  const more = problems.length - MOST_SHOWN;
  const tail = more > 0 ? [`… and ${more} more`] : [];
  throw new CliFailure('REFUSED', [...problems.slice(0, MOST_SHOWN), ...tail].join('\n'));
};
