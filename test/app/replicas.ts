/** Several apps on one log that lies on a server. */
import { expect, it, onTestFinished } from 'vitest';
import { type CommandType, parseCommand } from '#agreement/commands.ts';
import type { App } from '#app/app.ts';
import { createApp } from '#app/create-app.ts';
import type { FeedItem } from '#app/feed-item.ts';
import type { EventStore } from '#store/store.ts';
import { wholeStream } from '#store/whole-stream.ts';
import type { Product, Server } from '../servers/find.ts';
import { aProxy } from '../servers/proxy.ts';
import { aClockedReplica, aPrefix, aReplica } from '../store/on-server.ts';
import { takeUntil } from './open-test-app.ts';

const LEASE = 'lease';
const LONG = { timeout: process.env['FAULTS'] === 'full' ? 1_800_000 : 60_000 };
const PATIENT = { timeout: 30_000, interval: 20 };
const PAPERS = process.env['FAULTS'] === 'full' ? 2_500 : 40;

const appOn = async (store: EventStore, now: () => number = Date.now): Promise<App> => {
  const app = await createApp({ store, now, tick: 5, heartbeat: 60_000 });
  onTestFinished(() => app[Symbol.asyncDispose]());
  return app;
};

const give = (app: App, type: CommandType, input: object, commandId: string) =>
  app.execute(parseCommand(type, { agreement: LEASE, ...input }), { by: 'test', commandId });

const begin = (app: App, timeZone = 'UTC') =>
  give(
    app,
    'RecordAgreement',
    { title: 'Lease', timeZone, parties: [{ partyId: 'a', name: 'A' }] },
    'begin',
  );

/** A paper that adds one term, as somebody words it; a second wording of the same paper is refused. */
const paper = (
  app: App,
  id: string,
  { by = 'us', ...dates }: { by?: string; effectiveFrom?: string } = {},
) =>
  give(
    app,
    'RecordInstrument',
    {
      instrument: { id, kind: 'AMENDMENT', title: `${id}, by ${by}`, executedAt: '2025-01-10' },
      changes: [{ addTerm: { termId: `term-of-${id}`, kind: 'TERM', heading: id, ...dates } }],
    },
    `${id} by ${by}`,
  );

export const replicas = (server: Server, product: Product): void => {
  it('judges what any replica records by all that was recorded before', LONG, async () => {
    const url = server.url(product, aPrefix());
    const stores = [await aReplica(url), await aReplica(url)];
    const apps = await Promise.all(stores.map((store) => appOn(store)));
    await begin(apps[0] as App);
    const seen = async () => (await stores[1]?.head())?.position;
    await expect.poll(seen, PATIENT).toBe(1);
    const accepted: string[] = [];
    const write = async (app: App, writer: number): Promise<void> => {
      for (let n = 0; n < PAPERS; n += 1) {
        const { kind } = await paper(app, `paper-${n}`, { by: `writer ${writer}` });
        if (kind === 'accepted') accepted.push(`paper-${n}`);
      }
    };
    await Promise.all([...apps, ...apps].map(write));
    const papers = Array.from({ length: PAPERS }, (_, n) => `paper-${n}`);
    expect(accepted.toSorted()).toEqual(papers.toSorted());
    for (const store of stores) {
      await expect.poll(async () => (await store.head()).position, PATIENT).toBe(1 + 2 * PAPERS);
      const events = await wholeStream(store, `agreement-${LEASE}`);
      const added = events.filter(({ type }) => type === 'TermAdded');
      expect(added.map(({ data }) => JSON.parse(data).instrumentId)).toEqual(papers);
    }
  });

  it('tells each notice once, whatever replica a subscriber comes back to', LONG, async () => {
    const url = server.url(product, aPrefix());
    let now = Date.parse('2025-01-10T12:00:00Z');
    const clock = () => now;
    const apps = await Promise.all(
      [1, 2].map(async () => appOn(await aClockedReplica(url, clock), clock)),
    );
    const [first] = apps as [App, App];
    await begin(first);
    const days = Array.from({ length: 8 }, (_, n) => `2025-02-0${n + 1}`);
    for (const [n, effectiveFrom] of days.entries()) {
      await paper(first, `paper-${n}`, { effectiveFrom });
    }
    const told: FeedItem[] = [];
    let after: string | undefined;
    for (const [n, day] of days.entries()) {
      now = Date.parse(`${day}T12:00:00Z`);
      const { signal } = new AbortController();
      const app = apps[n % 2] as App;
      const items = app.changes({}, { signal, ...(after !== undefined && { after }) });
      const seen = await takeUntil(items, ({ kind, ...item }) => {
        after = (item as { cursor: string }).cursor;
        return kind === 'CHANGE_TOOK_EFFECT';
      });
      told.push(...seen);
    }
    const took = told.filter(({ kind }) => kind === 'CHANGE_TOOK_EFFECT');
    expect(took.map((item) => 'change' in item && item.change?.changeId)).toEqual(
      days.map((_, n) => `paper-${n}/addTerm:term-of-paper-${n}`),
    );
    const recorded = told.flatMap((item) =>
      item.kind === 'CHANGE_RECORDED' ? [item.event.id] : [],
    );
    expect(recorded).toHaveLength(1 + 2 * days.length);
    expect(new Set(recorded).size).toBe(recorded.length);
  });

  it('tells a subscriber anew that it has caught up, when the server was away', LONG, async () => {
    const url = server.url(product, aPrefix());
    const proxy = await aProxy(server.host, server.port);
    const here = await aReplica(url.replace(`:${server.port}`, `:${proxy.port}`));
    const [app, other] = [await appOn(here), await appOn(await aReplica(url))];
    await begin(app);
    const abort = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const item of app.changes({}, { signal: abort.signal })) {
        seen.push(item.kind === 'CHANGE_RECORDED' ? item.event.type : item.kind);
      }
    })();
    await expect.poll(() => seen, PATIENT).toEqual(['AgreementRecorded', 'CAUGHT_UP']);
    proxy.to('cut');
    await expect.poll(() => app.health().status, PATIENT).toBe('read-only');
    await paper(other, 'meanwhile');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(seen).toHaveLength(2);
    proxy.to('open');
    await expect.poll(() => seen.length, PATIENT).toBe(5);
    expect(seen.slice(2)).toEqual(['InstrumentRecorded', 'TermAdded', 'CAUGHT_UP']);
    abort.abort();
    await following;
  });
};
