import type { Command } from 'commander';
import { copyLog } from '#store/copy-log.ts';
import { openStore } from '#store/open.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io } from './io.ts';
import { progressOn } from './progress.ts';
import { newCommand, type Session, sessionOf, thereIsALog } from './session.ts';

const interrupted = (signal: AbortSignal, trouble: unknown): unknown =>
  signal.aborted
    ? new CliFailure('UNAVAILABLE', 'Interrupted; the same command goes on where it was.')
    : trouble;

const copy = async (from: string, to: string, session: Session): Promise<void> => {
  const { io } = session;
  const { now, signal } = io;
  const onProgress = progressOn(io, 'The mirror takes in the log');
  if (!thereIsALog({ ...session.config, store: from })) {
    throw new CliFailure('NOT_FOUND', `There is no log at ${from}.`);
  }
  await using source = await openStore(from, { now, onProgress });
  await using target = await openStore(to, { now, onProgress });
  try {
    const copied = await copyLog(source, target, {
      signal,
      onProgress: progressOn(io, 'The log is copied'),
    });
    session.show(copied, ({ line, paint }) => {
      const already = copied.before === 0 ? '' : `, ${copied.before} were there already`;
      line(`${paint('green', 'equal')}  ${copied.copied} events copied${already}`);
      line(`digest ${copied.digest}`);
    });
  } catch (trouble) {
    throw interrupted(signal, trouble);
  }
};

/** `codicil copy-log FROM TO`: a log from one store to another. */
export const copyLogCommand = (io: Io): Command =>
  newCommand({
    name: 'copy-log',
    summary: 'copy a whole log to another store and prove that the copy says the same',
    examples: [
      [
        'codicil copy-log sqlite:data/codicil.db kurrentdb://admin:changeit@db:2113',
        'from a file to a server; nobody may write to either meanwhile',
      ],
      ['codicil copy-log esdb://old:2113 sqlite:backup.db', 'and back; run again it goes on'],
    ],
    settings: 'none',
  })
    .argument('<from>', 'connection string of the log')
    .argument('<to>', 'connection string of an empty one, or of a copy that was interrupted')
    .option('--json', 'print one JSON document')
    .action((from: string, to: string, options) => copy(from, to, sessionOf(io, options)));
