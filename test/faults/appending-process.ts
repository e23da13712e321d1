/**
 * A process that appends to a log until it has done so often enough, or is killed. Each event that
 * is acknowledged is told on standard output, written before anything else happens.
 *
 * Arguments: path of the log · name of the process · appends per writer · events per append · writers with a stream of
 * their own, beside the one that competes for a shared stream.
 */
import { writeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { RevisionConflict } from '#store/errors.ts';
import { openStore } from '#store/open.ts';
import type { EventToStore } from '#store/store.ts';
import { anEvent } from '../store/events.ts';

const [path = '', name = '', appends = '', perAppend = '', writers = '3'] = process.argv.slice(2);
const store = await openStore(`sqlite:${path}`);

const events = (): readonly EventToStore[] =>
  Array.from({ length: Number(perAppend) }, () => anEvent({ from: name }));

const tell = (appended: readonly { readonly id: string }[]): void => {
  writeSync(1, appended.map(({ id }) => `${id}\n`).join(''));
};

/** Appends to a stream that all processes share, at the revision it believes in. */
const compete = async (): Promise<void> => {
  let revision = 0;
  for (let done = 0; done < Number(appends); ) {
    try {
      const appended = await store.append('shared', events(), revision);
      revision = appended.revision;
      tell(appended.events);
      done += 1;
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
      revision = error.actual;
    }
    await nextTurn();
  }
};

/** Appends to a stream of its own. */
const keepOn = async (stream: string): Promise<void> => {
  for (let done = 0; done < Number(appends); done += 1) {
    tell((await store.append(stream, events(), 'any')).events);
  }
};

const own = Array.from({ length: Number(writers) }, (_, n) => keepOn(`${name}-${n}`));
await Promise.all([compete(), ...own]);
await store[Symbol.asyncDispose]();
