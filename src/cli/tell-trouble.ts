import { StoreUnavailable } from '#store/errors.ts';
import type { EventStore } from '#store/store.ts';
import type { Io } from './io.ts';

const LOOK_MS = 500;

/** The trouble between us and a log on a server; that it only begins is none. */
const troubleOf = (store: EventStore): string | undefined => {
  const trouble = store.behind()?.trouble;
  const begins = trouble instanceof StoreUnavailable && trouble.reason === 'STARTING';
  return begins ? undefined : trouble?.message;
};

/** Says once what stands between us and a log on a server, and when it is gone. Looks until the signal aborts. */
export const tellTrouble = (store: EventStore, { err, signal }: Io): void => {
  let told: string | undefined;
  const look = () => {
    const trouble = troubleOf(store);
    if (trouble === told) return;
    told = trouble;
    err.write(trouble === undefined ? 'The log is there again.\n' : `${trouble} Trying again.\n`);
  };
  const timer = setInterval(look, LOOK_MS);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
};
