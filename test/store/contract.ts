/**
 * What every store must do, as one suite. A store joins with a way to open it; each test keeps to
 * streams of its own and to positions after the head it found, so that a shared server will do.
 */
import { describe } from 'vitest';
import type { EventStore } from '#store/store.ts';
import { appendContract } from './contract-append.ts';
import { followContract } from './contract-follow.ts';
import { keepContract } from './contract-keep.ts';

export type Opened = {
  readonly store: EventStore;
  /** Closes the store and opens the same log again; left out where a log ends with its store. */
  readonly reopen?: () => Promise<EventStore>;
};

/** Opens a store that is closed when the test is over. A store without a clock ignores `now`. */
export type Open = (now?: () => number) => Promise<Opened>;

export const storeContract = (name: string, open: Open): void => {
  describe(`the contract of ${name}`, () => {
    describe('append', () => appendContract(open));
    describe('keep', () => keepContract(open));
    describe('follow', () => followContract(open));
  });
};
