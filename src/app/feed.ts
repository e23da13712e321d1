import { decode, type Unreadable } from '#events/codec.ts';
import { isoDay } from '#events/days.ts';
import { isChange, type Recorded } from '#events/event.ts';
import { dayOf } from '#events/instants.ts';
import type { ChangeId } from '#events/values.ts';
import type { ChangeView } from '#projections/change-view.ts';
import type { History } from '#projections/history.ts';
import { materialityOf, materialityOnFirstDay } from '#projections/materiality.ts';
import { type Label, labelsOf, paperEnd, takingEffect } from '#projections/notices.ts';
import { changesAt } from '#projections/timeline.ts';
import type { EventStore, StoredEvent } from '#store/store.ts';
import { BEGINNING, type Cursor, readCursor, writeCursor } from './cursor.ts';
import {
  type FeedFilter,
  passesMaterial,
  passesStanding,
  passesTerms,
  termsOfEvent,
} from './feed-filter.ts';
import type { Histories } from './histories.ts';
import { agreementOf } from './stream-name.ts';
import { pagesOrTicks } from './ticks.ts';

/** One thing that a subscriber gets. The cursor is opaque and exclusive: hand it back to go on behind it. */
export type FeedItem =
  | {
      readonly kind: 'CHANGE_RECORDED';
      readonly cursor: string;
      readonly event: Recorded | Unreadable;
      /** The change as it stood when its paper was recorded. */
      readonly change?: ChangeView;
      readonly labels: readonly Label[];
    }
  | {
      readonly kind: 'CHANGE_TOOK_EFFECT';
      readonly cursor: string;
      readonly agreement: string;
      readonly change: ChangeView;
      /** Start of its first day in the agreement's zone, epoch milliseconds. */
      readonly dueAt: number;
      /** It comes more than a minute after that moment. */
      readonly late: boolean;
    }
  | { readonly kind: 'CAUGHT_UP'; readonly cursor: string }
  | { readonly kind: 'HEARTBEAT'; readonly cursor: string };

export type FeedSources = {
  readonly store: EventStore;
  readonly histories: Histories;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How often the clock is looked at while nothing is recorded, ms. */
  readonly tick: number;
  /** How long the feed stays silent at most, ms. */
  readonly heartbeat: number;
};

const LATE_MS = 60_000;
/** Writers on one log may stamp an event a moment before it can be read; notices wait that long. */
const SETTLE_MS = 1_000;
/** Days begin on a quarter of an hour of UTC in every time zone in use. */
const QUARTER_MS = 900_000;

type Notice = { readonly key: string; readonly dueAt: number; readonly item: FeedItem };

/** One subscriber's way through the log: recorded events and, between them, the notices that fall due. */
class Feed {
  readonly #sources: FeedSources;
  readonly #filter: FeedFilter;
  readonly #agreements = new Set<string>();
  #at: Cursor;

  constructor(sources: FeedSources, filter: FeedFilter, at: Cursor) {
    this.#sources = sources;
    this.#filter = filter;
    this.#at = at;
  }

  get position(): number {
    return this.#at.position;
  }

  get cursor(): string {
    return writeCursor(this.#at);
  }

  /** Agreements that may have notices from the cursor on. */
  async meet(): Promise<void> {
    if (this.#at.position === 0 || this.#filter.recordedOnly === true) return;
    const { agreement } = this.#filter;
    if (agreement !== undefined) this.#agreements.add(agreement);
    else for await (const stream of this.#sources.store.streams()) this.#know(stream);
  }

  /** One event behind the notices that fell due before it was recorded. */
  async *take(stored: StoredEvent): AsyncGenerator<FeedItem> {
    yield* this.due(stored.recordedAt - 1);
    const due = Math.max(this.#at.due, stored.recordedAt);
    this.#at = { position: stored.position, due, key: due === this.#at.due ? this.#at.key : '' };
    const agreement = this.#know(stored.stream);
    const wanted = this.#filter.agreement ?? agreement;
    if (agreement === undefined || agreement !== wanted) return;
    const item = await this.#recorded(stored, agreement);
    if (item !== undefined) yield item;
  }

  /** Notices up to a moment, as known at the cursor. */
  async *due(until: number): AsyncGenerator<FeedItem> {
    if (until < this.#at.due) return;
    const from = this.#at;
    const crosses = Math.floor(until / QUARTER_MS) !== Math.floor((from.due - 1) / QUARTER_MS);
    if (crosses && from.position > 0) yield* this.#notices(from, until);
    this.#at = { position: from.position, due: until + 1, key: '' };
  }

  async *#notices(from: Cursor, until: number): AsyncGenerator<FeedItem> {
    const found: Notice[] = [];
    for (const agreement of this.#agreements) {
      const history = await this.#sources.histories.current(agreement);
      if (history !== undefined) found.push(...this.#fallingDue(history, from, until));
    }
    found.sort((a, b) => a.dueAt - b.dueAt || (a.key < b.key ? -1 : 1));
    for (const { dueAt, key, item } of found) {
      if (dueAt === from.due && key <= from.key) continue;
      this.#at = { position: from.position, due: dueAt, key };
      yield { ...item, cursor: this.cursor };
    }
  }

  #fallingDue(history: History, { position, due }: Cursor, until: number): readonly Notice[] {
    const { agreementId } = history;
    return takingEffect(history, position, [due - 1, until]).flatMap(({ changeId, dueAt }) => {
      const change = viewOn(history, changeId, { moment: dueAt, position });
      if (change === undefined || !passesStanding(this.#filter, change)) return [];
      if (!passesTerms(this.#filter, history, { ...change, position })) return [];
      const judge = () => materialityOnFirstDay(history, changeId, position);
      if (!passesMaterial(this.#filter, judge)) return [];
      const late = this.#sources.now() - dueAt > LATE_MS;
      const kind = 'CHANGE_TOOK_EFFECT' as const;
      const item = { kind, cursor: '', agreement: agreementId, change, dueAt, late };
      return { key: `${agreementId} ${changeId}`, dueAt, item };
    });
  }

  #know(stream: string): string | undefined {
    const agreement = agreementOf(stream);
    if (agreement === undefined || this.#filter.recordedOnly === true) return agreement;
    if (agreement === (this.#filter.agreement ?? agreement)) this.#agreements.add(agreement);
    return agreement;
  }

  async #recorded(stored: StoredEvent, agreement: string): Promise<FeedItem | undefined> {
    const event = decode(stored);
    const { types } = this.#filter;
    if (types !== undefined && !types.includes(event.type)) return undefined;
    const history = await this.#sources.histories.current(agreement);
    if (history === undefined) return undefined;
    const kind = 'CHANGE_RECORDED' as const;
    const { cursor } = this;
    if (event.type === 'Unreadable') return { kind, cursor, event, labels: [] };
    const terms = termsOfEvent(history, event);
    if (!passesTerms(this.#filter, history, { terms, position: event.position })) return undefined;
    const change = isChange(event)
      ? viewOn(history, event.data.changeId, {
          moment: event.recordedAt,
          position: paperEnd(history, event),
        })
      : undefined;
    if (!passesStanding(this.#filter, change)) return undefined;
    if (!passesMaterial(this.#filter, () => materialityOf(history, event))) return undefined;
    return { kind, cursor, event, ...(change && { change }), labels: labelsOf(history, event) };
  }
}

/** A change on the day of a moment, as known up to a position. */
const viewOn = (
  history: History,
  changeId: ChangeId,
  { moment, position }: { readonly moment: number; readonly position: number },
): ChangeView | undefined => {
  const effectiveOn = isoDay(dayOf(moment, history.zoneFirstRecorded));
  return changesAt(history, [changeId], { effectiveOn, position })[0];
};

/** What comes of a page, and of the clock once the log's end has been seen. */
async function* step(
  feed: Feed,
  page: readonly StoredEvent[],
  { end, now }: { readonly end: number; readonly now: number },
): AsyncGenerator<FeedItem> {
  for (const stored of page) yield* feed.take(stored);
  if (feed.position >= end) yield* feed.due(now - SETTLE_MS);
}

/**
 * What a filter lets through behind a cursor (none: from the beginning), a CAUGHT_UP mark where history ends,
 * then what comes, until the signal aborts. Heartbeats carry the cursor through quiet stretches.
 * @throws {QuestionError} BAD_CURSOR
 */
export async function* openFeed(
  sources: FeedSources,
  filter: FeedFilter,
  { after, signal }: { readonly after?: string; readonly signal: AbortSignal },
): AsyncGenerator<FeedItem> {
  const { store, now, tick, heartbeat } = sources;
  const feed = new Feed(sources, filter, after === undefined ? BEGINNING : readCursor(after));
  await feed.meet();
  const { position: end } = await store.head();
  const follow = (until: AbortSignal) => store.follow({ after: feed.position, signal: until });
  let mark: 'CAUGHT_UP' | 'HEARTBEAT' = 'CAUGHT_UP';
  let silentSince = performance.now();
  for await (const page of pagesOrTicks(follow, tick, signal)) {
    for await (const item of step(feed, page, { end, now: now() })) {
      silentSince = performance.now();
      yield item;
    }
    const speaks =
      mark === 'CAUGHT_UP' ? feed.position >= end : performance.now() - silentSince >= heartbeat;
    if (!speaks) continue;
    yield { kind: mark, cursor: feed.cursor };
    mark = 'HEARTBEAT';
    silentSince = performance.now();
  }
}
