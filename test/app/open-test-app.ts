import { type CommandType, parseCommand } from '#agreement/commands.ts';
import type { App } from '#app/app.ts';
import { createApp } from '#app/create-app.ts';
import type { FeedItem } from '#app/feed-item.ts';
import { openStore } from '#store/open.ts';
import type { EventStore } from '#store/store.ts';

/** An app over a log in memory, with a clock that the test moves. */
export type TestApp = AsyncDisposable & {
  readonly app: App;
  /** Sets the clock to an instant. */
  at(instant: string): void;
  /** Gives a command in plain form; fails the test when it is not accepted. */
  record(type: CommandType, input: unknown): Promise<void>;
};

type OpenLog = (now: () => number) => Promise<EventStore>;

let openLog: OpenLog = (now) => openStore('sqlite::memory:', { now });

/** The apps of this test file lie on logs of another kind from now on. */
export const useLogs = (open: OpenLog): void => {
  openLog = open;
};

export const openTestApp = async (instant = '2025-01-10T00:00:00Z'): Promise<TestApp> => {
  let now = Date.parse(instant);
  let given = 0;
  const store = await openLog(() => now);
  const app = await createApp({ store, now: () => now, tick: 5, heartbeat: 50 });
  return {
    app,
    at: (later) => {
      now = Date.parse(later);
    },
    record: async (type, input) => {
      const command = parseCommand(type, input);
      const outcome = await app.execute(command, { by: 'test', commandId: `command-${++given}` });
      if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    },
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
};

/** Takes items until one fulfils the condition, that one included. */
export const takeUntil = async (
  items: AsyncIterable<FeedItem>,
  done: (item: FeedItem) => boolean,
): Promise<readonly FeedItem[]> => {
  const taken: FeedItem[] = [];
  for await (const item of items) {
    taken.push(item);
    if (done(item)) break;
  }
  return taken;
};

export const caughtUp = ({ kind }: FeedItem): boolean => kind === 'CAUGHT_UP';
