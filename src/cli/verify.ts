import type { Command } from 'commander';
import type { EventStore } from '#store/store.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io } from './io.ts';
import { newCommand, openExisting, sessionOf } from './session.ts';
import { unreadable } from './unreadable.ts';

type Trouble = { readonly kind: string; readonly message: string; readonly position?: number };

/** What is wrong with the file, then with the events in it. */
async function* troubles(store: EventStore, signal: AbortSignal): AsyncGenerator<Trouble> {
  yield* store.verify({ signal });
  for await (const { id, storedType, reason, position } of unreadable(store, signal)) {
    yield {
      kind: 'UNREADABLE',
      message: `event ${id} (${storedType}) can't be read: ${reason}`,
      position,
    };
  }
}

/** `codicil verify`: the whole log, byte by byte. */
export const verifyCommand = (io: Io): Command =>
  newCommand({
    name: 'verify',
    summary: 'check the whole log: file, checksums, order, and that every event can be read',
    examples: [
      ['codicil verify', 'exits with 1 when something is wrong'],
      ['codicil verify --store sqlite:backup.db', 'another log'],
    ],
  })
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      const session = sessionOf(io, options);
      await using store = await openExisting(session);
      const found: Trouble[] = [];
      for await (const trouble of troubles(store, io.signal)) found.push(trouble);
      const { position } = await store.head();
      session.show({ events: position, troubles: found }, ({ line, paint }) => {
        for (const { kind, message } of found) line(`${paint('red', kind)}  ${message}`);
        if (found.length === 0) line(`${paint('green', 'sound')}  ${position} events`);
      });
      if (found.length > 0) throw new CliFailure('REFUSED', `The log has ${found.length} faults.`);
    });
