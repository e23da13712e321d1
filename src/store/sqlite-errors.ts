/** What SQLite's result codes mean to us (https://sqlite.org/rescode.html). */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  LogDamaged,
  NotALog,
  NotWritable,
  StoreUnavailable,
  type Unavailability,
} from './errors.ts';

const busy = 5;
const corrupt = 11;
const notADatabase = 26;

const meanings: ReadonlyMap<number, readonly [Unavailability, string]> = new Map([
  [busy, ['LOCKED', 'is locked by another process; try again, or stop what holds it']],
  [6, ['LOCKED', 'is locked by another connection; try again']],
  [8, ['READ_ONLY', 'has become read-only; give write permission back, then try again']],
  [10, ['IO', 'could not be read or written; check the disk and the system log, then try again']],
  [13, ['DISK_FULL', 'has no room left on its disk; make room, then try again']],
  [14, ['IO', 'could not be opened; check that the path and its folder are there and allowed']],
]);

/** SQLite's primary result code, when the error comes from SQLite. */
const codeOf = (error: unknown): number | undefined => {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
};

export const isBusy = (error: unknown): boolean => codeOf(error) === busy;

/** Whether the error says that stored values are not what can have been stored. */
const isDamage = (error: unknown): boolean =>
  codeOf(error) === corrupt ||
  // An integer beyond 2⁵³ was never written by us.
  (error instanceof Error && 'code' in error && error.code === 'ERR_OUT_OF_RANGE');

/** The driver's error in the port's words; errors of our own pass unchanged. */
export const explain = (error: unknown, path: string): Error => {
  const code = codeOf(error);
  if (isDamage(error)) return new LogDamaged(path, 'SQLite finds it malformed', {}, error);
  if (code === notADatabase) return new NotALog(path, 'is not a SQLite database');
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  const [reason, what] = meanings.get(code) ?? ['OTHER', `gave SQLite error ${code}; try again`];
  return new StoreUnavailable(reason, `The log ${path} ${what}.`, error);
};

const refused: ReadonlySet<number | undefined> = new Set([3, 8, 14]);

/** The driver's error while opening, where a refusal means that permissions are missing. */
export const explainOpening = (error: unknown, path: string): Error => {
  if (!refused.has(codeOf(error))) return explain(error, path);
  return new NotWritable(existsSync(path) ? path : dirname(path), error);
};

/** The error as the reason why a write did not happen. */
export const asUnavailable = (error: unknown, path: string): StoreUnavailable => {
  const known = explain(error, path);
  if (known instanceof StoreUnavailable) return known;
  return new StoreUnavailable('OTHER', `The log ${path} can't be written: ${known.message}`, error);
};
