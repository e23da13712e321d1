import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Gain } from '#portfolio/index-writer.ts';
import type { PortfolioIndex } from '#portfolio/portfolio-index.ts';
import type { History } from '#projections/history.ts';
import { advance } from '#projections/portfolio/advance.ts';
import { Outline } from '#projections/portfolio/outline.ts';
import type { EventStore } from '#store/store.ts';
import { Histories } from './histories.ts';
import { agreementOf } from './stream-name.ts';

/** Events of a gap up to which only the agreements in it are looked at, and not all. */
const SMALL_GAP = 5_000;
/** How long the index is worked on before others have their turn, ms. */
const TURN_MS = 15;

/** The positions `(after, upTo]` that the index does not hold, of one of its generations. */
export type Gap = { readonly generation: string; readonly after: number; readonly upTo: number };

type Log = { readonly store: EventStore; readonly histories: Histories };
type Work = {
  readonly index: PortfolioIndex;
  readonly gap: Gap;
  /** Ends it; what an agreement had gained so far is lost then. */
  readonly signal: AbortSignal;
};

const revisionOf = ({ events, unreadable }: History): number =>
  Math.max(events.at(-1)?.revision ?? 0, unreadable.at(-1)?.revision ?? 0);

/** Agreements that have events in a gap. */
async function* gained(store: EventStore, { after, upTo }: Gap): AsyncGenerator<string> {
  const streams = new Set<string>();
  for await (const page of store.readAll({ after, upTo })) {
    for (const { stream } of page) streams.add(stream);
  }
  yield* [...streams].flatMap((stream) => agreementOf(stream) ?? []);
}

async function* all(store: EventStore): AsyncGenerator<string> {
  for await (const stream of store.streams()) {
    const id = agreementOf(stream);
    if (id !== undefined) yield id;
  }
}

let lastTurn = 0;

/** Lets others have their turn now and then. */
const breathe = async (): Promise<void> => {
  if (performance.now() - lastTurn < TURN_MS) return;
  await nextTurn();
  lastTurn = performance.now();
};

/** What an agreement gained since it was indexed; undefined: nothing. */
const gainOf = async (
  agreementId: string,
  histories: Histories,
  { index, signal }: Work,
): Promise<Gain | undefined> => {
  const history = await histories.current(agreementId);
  if (history === undefined) return undefined;
  const { revision: after, spans } = index.indexed(agreementId);
  const revision = revisionOf(history);
  if (revision <= after) return undefined;
  const outline = new Outline(spans);
  const { length } = history.events;
  const first = history.events.findIndex((event) => event.revision > after);
  for (let place = first; place >= 0 && place < length; ) {
    place = advance(outline, history, place);
    await breathe();
    if (signal.aborted) return undefined;
  }
  const { zone, zoneFirstRecorded: zoneFirst } = history;
  return { agreementId, zone, zoneFirst, after, revision, outline };
};

/** What agreements gained, one by one. */
export async function* gainsIn({ store, histories }: Log, work: Work): AsyncGenerator<Gain> {
  const { gap, signal } = work;
  const isSmall = gap.upTo - gap.after <= SMALL_GAP;
  // The histories that others ask for are not crowded out by all of them; each of those is looked at once.
  const own = isSmall ? histories : new Histories(store, 0);
  for await (const agreementId of isSmall ? gained(store, gap) : all(store)) {
    const gain = await gainOf(agreementId, own, work);
    if (signal.aborted) return;
    if (gain !== undefined) yield gain;
  }
}
