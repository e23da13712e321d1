import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { QuestionError } from '#app/errors.ts';
import { Overtaken, Refused } from '#app/record-many.ts';
import { HistoryUnreadable } from '#app/rule-memory.ts';
import { ExportRefused } from '#exporters/git-export.ts';
import { SourceUnavailable } from '#importers/sources/source-unavailable.ts';
import { SettingsError } from '#src/config.ts';
import {
  AppendTooLarge,
  CopyRefused,
  EventElsewhere,
  LogDamaged,
  LogTooNew,
  MirrorMismatch,
  NotALog,
  NotWritable,
  StoreUnavailable,
  StreamClosed,
  UnknownStore,
} from '#store/errors.ts';
import { CliFailure, EXIT_CODES, type ExitName } from './exit-codes.ts';
import { forScreen } from './for-screen.ts';
import { type Io, paintFor } from './io.ts';

const KINDS: readonly (readonly [kind: abstract new (...args: never) => Error, exit: ExitName])[] =
  [
    [SettingsError, 'USAGE'],
    [UnknownStore, 'USAGE'],
    [HistoryUnreadable, 'UNAVAILABLE'],
    [StoreUnavailable, 'UNAVAILABLE'],
    [LogTooNew, 'UNAVAILABLE'],
    [LogDamaged, 'UNAVAILABLE'],
    [NotALog, 'UNAVAILABLE'],
    [MirrorMismatch, 'UNAVAILABLE'],
    [StreamClosed, 'UNAVAILABLE'],
    [AppendTooLarge, 'REFUSED'],
    [CopyRefused, 'REFUSED'],
    [EventElsewhere, 'REFUSED'],
    [NotWritable, 'UNAVAILABLE'],
    [SourceUnavailable, 'UNAVAILABLE'],
    [Overtaken, 'UNAVAILABLE'],
    [Refused, 'REFUSED'],
    [ExportRefused, 'REFUSED'],
  ];

/** Questions that were understood and lead nowhere. */
const MISSING: ReadonlySet<string> = new Set(['NO_SUCH_VERSION', 'NO_SUCH_TAG', 'NO_SUCH_TERM']);

const exitOf = (trouble: Error): ExitName => {
  if (trouble instanceof CliFailure) return trouble.exit;
  if (trouble instanceof QuestionError) return MISSING.has(trouble.code) ? 'NOT_FOUND' : 'USAGE';
  return KINDS.find(([kind]) => trouble instanceof kind)?.[1] ?? 'FAULT';
};

/** Says on the error stream what went wrong, and gives the exit code for it. */
export const report = (trouble: unknown, { err, env }: Pick<Io, 'err' | 'env'>): number => {
  if (trouble instanceof CommanderError) {
    // commander ends a command with an error for help that was asked for, too.
    return EXIT_CODES[trouble.exitCode === 0 ? 'DONE' : 'USAGE'].code;
  }
  const exit = trouble instanceof Error ? exitOf(trouble) : 'FAULT';
  const paint = paintFor(err, env);
  const text = trouble instanceof Error && exit !== 'FAULT' ? trouble.message : inspect(trouble);
  err.write(`${paint('red', 'codicil:')} ${forScreen(text)}\n`);
  return EXIT_CODES[exit].code;
};
