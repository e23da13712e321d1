import type { Agenda } from '#projections/agenda.ts';
import { fallingDue, givenCause, keyOf, type Notice } from '#projections/notices.ts';
import type { EventStore, StoredEvent } from '#store/store.ts';
import type { Agendas } from './agendas.ts';
import { ALL_TOLD, BEGINNING, type Cursor, readCursor, writeCursor } from './cursor.ts';
import type { FeedFilter } from './feed-filter.ts';
import type { FeedItem } from './feed-item.ts';
import type { Histories } from './histories.ts';
import { Marks } from './marks.ts';
import { noticeItem, recordedItem } from './news.ts';
import { checkNoticePeriod, NOTICE_PERIOD } from './notice-period.ts';
import type { SharedItems } from './shared-items.ts';
import { agreementOf } from './stream-name.ts';
import { PagesOrTicks, type Ticker } from './ticks.ts';

export type FeedSources = {
  readonly store: EventStore;
  readonly histories: Histories;
  readonly agendas: Agendas;
  readonly items: SharedItems;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Says when to look at the clock while nothing is recorded. */
  readonly ticker: Ticker;
  /** How long the feed stays silent at most, ms. */
  readonly heartbeat: number;
};

/** Writers on one log may stamp an event a moment before it can be read; notices wait that long. */
const SETTLE_MS = 1_000;
/** Days begin on a quarter of an hour of UTC in every time zone in use. */
const QUARTER_MS = 900_000;

type Due = Notice & { readonly agreement: string; readonly key: string };

const dueIn =
  (agreement: string) =>
  (notice: Notice): Due => ({ ...notice, agreement, key: `${agreement} ${keyOf(notice)}` });

type Here = Pick<StoredEvent, 'position' | 'stream' | 'recordedAt'>;

/** No more than is asked of it: thousands may wait behind one event. */
const hereOf = ({ position, stream, recordedAt }: StoredEvent): Here => ({
  position,
  stream,
  recordedAt,
});

/** One subscriber's way through the log: recorded events and, between them, notices. */
class Feed {
  readonly #sources: FeedSources;
  readonly #filter: FeedFilter;
  /** The filter as text. */
  readonly #asked: string;
  #at: Cursor;
  #here: Here | undefined;
  #written: { readonly at: Cursor; readonly text: string };

  constructor(sources: FeedSources, filter: FeedFilter, at: Cursor) {
    this.#sources = sources;
    this.#filter = filter;
    this.#asked = JSON.stringify(filter);
    this.#at = at;
    this.#written = { at, text: writeCursor(at) };
  }

  get position(): number {
    return this.#at.position;
  }

  get cursor(): string {
    if (this.#written.at !== this.#at)
      this.#written = { at: this.#at, text: writeCursor(this.#at) };
    return this.#written.text;
  }

  /** One event, behind the notices that fell due before it was recorded; then what it gives cause to. */
  async *take(stored: StoredEvent): AsyncGenerator<FeedItem> {
    yield* this.due(stored.recordedAt - 1);
    const due = Math.max(this.#at.due, stored.recordedAt);
    const key = due === this.#at.due ? this.#at.key : '';
    this.#at = { position: stored.position, due, key, told: '' };
    const agreement = agreementOf(stored.stream);
    this.#here = hereOf(stored);
    if (agreement === undefined || agreement !== (this.#filter.agreement ?? agreement)) {
      this.#at = { ...this.#at, told: ALL_TOLD };
      return;
    }
    const history = await this.#sources.histories.current(agreement, stored.position);
    if (history === undefined) return;
    const item = this.#shared(() => recordedItem(history, stored, this.#filter, this.cursor));
    if (item !== undefined) yield item;
    yield* this.#caused();
  }

  /** Notices up to a moment, as known at the cursor. */
  async *due(until: number): AsyncGenerator<FeedItem> {
    yield* this.#caused();
    if (until < this.#at.due) return;
    const from = this.#at;
    const crosses = Math.floor(until / QUARTER_MS) !== Math.floor((from.due - 1) / QUARTER_MS);
    if (crosses && from.position > 0) yield* this.#fallingDue(from, until);
    this.#at = { ...from, due: until + 1, key: '' };
  }

  /** What the event at the cursor gives cause to, as far as it was not told yet. */
  async *#caused(): AsyncGenerator<FeedItem> {
    if (this.#at.told === ALL_TOLD) return;
    for (const notice of await this.#causes(this.#at)) {
      if (notice.key <= this.#at.told) continue;
      this.#at = { ...this.#at, told: notice.key };
      yield* this.#item(notice);
    }
    this.#at = { ...this.#at, told: ALL_TOLD };
  }

  async #causes({ position, due: told }: Cursor): Promise<readonly Due[]> {
    const { stream = '', recordedAt: at = 0 } = (await this.#eventHere()) ?? {};
    const agreement = agreementOf(stream);
    if (agreement === undefined || this.#filter.recordedOnly === true) return [];
    const agenda = await this.#sources.agendas.of(agreement, position);
    if (agenda === undefined) return [];
    const period = this.#filter.noticePeriod ?? NOTICE_PERIOD;
    const notices = givenCause(agenda, position, { at, told, period });
    return notices.map(dueIn(agreement));
  }

  /** The event at the cursor: the last one taken, or the one that somebody comes back behind. */
  async #eventHere(): Promise<Here | undefined> {
    const { position } = this.#at;
    if (this.#here?.position === position) return this.#here;
    const pages = this.#sources.store.readAll({ after: position - 1, upTo: position });
    for await (const [event] of pages) this.#here = event && hereOf(event);
    return this.#here;
  }

  async *#fallingDue(from: Cursor, until: number): AsyncGenerator<FeedItem> {
    const period = this.#filter.noticePeriod ?? NOTICE_PERIOD;
    const span = { from: from.due, until, period };
    const found = (await this.#agendas(from.position)).flatMap(([agreement, agenda]) =>
      fallingDue(agenda, from.position, span).map(dueIn(agreement)),
    );
    found.sort((a, b) => a.dueAt - b.dueAt || (a.key < b.key ? -1 : 1));
    for (const notice of found) {
      if (notice.dueAt === from.due && notice.key <= from.key) continue;
      this.#at = { ...this.#at, due: notice.dueAt, key: notice.key };
      yield* this.#item(notice);
    }
  }

  async #agendas(position: number): Promise<readonly (readonly [string, Agenda])[]> {
    const { agreement, recordedOnly } = this.#filter;
    if (recordedOnly === true) return [];
    if (agreement === undefined) return this.#sources.agendas.all(position);
    const agenda = await this.#sources.agendas.of(agreement, position);
    return agenda === undefined ? [] : [[agreement, agenda]];
  }

  async *#item({ agreement, key: _, ...notice }: Due): AsyncGenerator<FeedItem> {
    const { cursor, position } = this;
    const history = await this.#sources.histories.current(agreement, position);
    if (history === undefined) return;
    const place = { cursor, position, now: this.#sources.now() };
    const item = this.#shared(() => noticeItem(history, notice, this.#filter, place));
    if (item !== undefined) yield item;
  }

  /** What comes at the cursor: the same object for all who ask for the same. */
  #shared(make: () => FeedItem | undefined): FeedItem | undefined {
    return this.#sources.items.at(`${this.#asked} ${this.cursor}`, make);
  }
}

/** What comes of a page, and of the clock once the log's end has been seen. */
async function* step(
  feed: Feed,
  page: readonly StoredEvent[],
  { marks, now }: { readonly marks: Marks; readonly now: number },
): AsyncGenerator<FeedItem> {
  for (const stored of page) yield* feed.take(stored);
  if (marks.isAtEnd(feed.position)) yield* feed.due(now - SETTLE_MS);
}

/**
 * What a filter lets through behind a cursor (none: from the beginning), a CAUGHT_UP mark where history ends,
 * then what comes, until the signal aborts. Where the log could not be followed for a while, history ends once more
 * when it can. Heartbeats carry the cursor through quiet stretches.
 * @throws {QuestionError} BAD_CURSOR, BAD_NOTICE_PERIOD
 */
export async function* openFeed(
  sources: FeedSources,
  filter: FeedFilter,
  { after, signal }: { readonly after?: string; readonly signal: AbortSignal },
): AsyncGenerator<FeedItem> {
  const { store, now, ticker, heartbeat } = sources;
  if (filter.noticePeriod !== undefined) checkNoticePeriod(filter.noticePeriod);
  const feed = new Feed(sources, filter, after === undefined ? BEGINNING : readCursor(after));
  const marks = new Marks(store, heartbeat);
  await marks.look(feed.position);
  const pages = new PagesOrTicks(store.follow({ after: feed.position, signal }), ticker);
  try {
    for (let page = await pages.next(); page !== undefined; page = await pages.next()) {
      for await (const item of step(feed, page, { marks, now: now() })) {
        marks.heard();
        yield item;
      }
      // Whoever waits for what comes must not hold what has been.
      page = undefined;
      const mark = await marks.due(feed.position);
      if (mark !== undefined) yield { kind: mark, cursor: feed.cursor };
    }
  } finally {
    await pages.stop();
  }
}
