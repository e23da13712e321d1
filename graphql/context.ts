import type { App } from '#app/app.ts';
import type { ChangeId } from '#events/values.ts';
import type { ChangeView } from '#projections/change-view.ts';
import { type Anchor, ChangeLoaders } from './change-loaders.ts';

/** What the server knows about whoever asks, once per request or socket. */
export type Caller = {
  /** Recorded with every event that a command of theirs writes. */
  readonly by: string;
  /** Ties a command to the request that carried it; logged and recorded. */
  readonly requestId: string;
  /** Makes the id of a command that states none. */
  readonly newCommandId: () => string;
  /** Aborts when the server closes: subscriptions end. */
  readonly closing: AbortSignal;
  /** Version of this program. */
  readonly version: string;
};

/** What every resolver gets: the app, the caller, and lookups batched for one operation. */
export type GraphContext = {
  readonly app: App;
  readonly caller: Caller;
  /** Changes by id at an anchor, in the order asked for; ids not known there are left out. */
  readonly changes: (at: Anchor, ids: readonly ChangeId[]) => Promise<readonly ChangeView[]>;
  /** What the operation answered so far, in characters. */
  readonly answered: { characters: number };
};

/** A context for one operation: its lookups are remembered no longer than that. */
export const createContext = (app: App, caller: Caller): GraphContext => {
  const loaders = new ChangeLoaders(app.views);
  const changes: GraphContext['changes'] = (at, ids) => loaders.load(at, ids);
  return { app, caller, changes, answered: { characters: 0 } };
};

/** The same for the next answer of one subscription. */
export const forNextAnswer = (context: GraphContext): GraphContext => ({
  ...context,
  answered: { characters: 0 },
});
