import type { EventStore } from '#store/store.ts';
import { Agendas } from './agendas.ts';
import type { App } from './app.ts';
import { openExecutor } from './execute.ts';
import { openFeed } from './feed.ts';
import { healthOf } from './health.ts';
import { Histories } from './histories.ts';
import { PortfolioFollower, type PortfolioOptions } from './portfolio-follower.ts';
import { SharedItems } from './shared-items.ts';
import { Ticker } from './ticks.ts';
import { openViews } from './views.ts';

export type AppOptions = {
  readonly store: EventStore;
  /** The clock: epoch milliseconds UTC. */
  readonly now: () => number;
  /** How often a quiet feed looks at the clock, ms. Default 1,000. */
  readonly tick?: number;
  /** How long a feed stays silent at most, ms. Default 15,000. */
  readonly heartbeat?: number;
  /** Of the index over all agreements. */
  readonly portfolio?: PortfolioOptions;
};

/** Where rules, log and readings meet. The store stays its opener's to close. */
export const createApp = async (options: AppOptions): Promise<App> => {
  const { store, now, tick = 1_000, heartbeat = 15_000, portfolio = {} } = options;
  const histories = new Histories(store);
  const follower = new PortfolioFollower(store, histories, portfolio);
  const agendas = new Agendas(store, histories);
  const items = new SharedItems();
  const ticker = new Ticker(tick);
  let closed = false;
  // A first look at the log: what can not be read at all is told here and not at the first question.
  if (store.behind() === undefined) await store.head();
  return {
    execute: openExecutor(store).execute,
    views: openViews({ store, histories, follower, now }),
    changes: (filter, { after, signal }) =>
      openFeed({ store, histories, agendas, items, now, ticker, heartbeat }, filter, {
        ...(after !== undefined && { after }),
        signal,
      }),
    health: () => (closed ? { status: 'starting' } : healthOf(store)),
    [Symbol.asyncDispose]: async () => {
      closed = true;
      ticker.close();
      await follower.close();
    },
  };
};
