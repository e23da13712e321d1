import { setTimeout as sleep } from 'node:timers/promises';
import { isLasting } from './errors.ts';
import type { EventStore } from './store.ts';

/** How long a server is waited for while nothing comes from it, ms. */
const patience = 6_000;
const look = 50;

/**
 * Opens a store and waits until it can be read.
 *
 * @param open is given what to call whenever the store gets on
 * @throws what stands in the way, once it lasts
 */
export const levelWithin = async (open: (told: () => void) => EventStore): Promise<EventStore> => {
  let heard = performance.now();
  const store = open(() => {
    heard = performance.now();
  });
  const level = store.level().then(() => true);
  try {
    while (!(await Promise.race([level, sleep(look, false)]))) {
      const trouble = store.behind()?.trouble;
      if (trouble === undefined) continue;
      if (isLasting(trouble) || performance.now() - heard > patience) throw trouble;
    }
    return store;
  } catch (error) {
    level.catch(() => undefined);
    await store[Symbol.asyncDispose]();
    throw error;
  }
};
