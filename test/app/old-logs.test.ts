import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { App } from '#app/app.ts';
import { createApp } from '#app/create-app.ts';
import { openExecutor } from '#app/execute.ts';
import { EVENT_TYPES, type EventType } from '#events/event.ts';
import { currentVersion } from '#events/upcast.ts';
import { recordFile } from '#importers/agreement-file.ts';
import { openStore } from '#store/open.ts';
import type { EventStore, StoredEvent } from '#store/store.ts';

type Payload = { readonly [field: string]: unknown };

/** How each earlier version of an event wrote what is written today: the lifts, backwards. */
const AS_WRITTEN: { readonly [T in EventType]?: readonly ((data: Payload) => Payload)[] } = {
  InstrumentRecorded: [
    ({ sources, ...rest }) =>
      Array.isArray(sources) && sources.length === 0 ? rest : { ...rest, sources },
  ],
};

const lowered = (type: EventType, version: number, data: Payload): Payload =>
  (AS_WRITTEN[type] ?? []).slice(version - 1).reduceRight((payload, lower) => lower(payload), data);

const now = () => Date.parse('2026-06-01T12:00:00Z');

/** The bundled agreements, as this version records them; papers without sources among them. */
const recorded = async (): Promise<EventStore> => {
  const store = await openStore('sqlite::memory:', { now });
  for (const name of ['microsoft-openai', 'microsoft-yahoo-search']) {
    const text = readFileSync(new URL(`../../agreements/${name}.yaml`, import.meta.url), 'utf8');
    await recordFile(openExecutor(store), text, { fileName: `${name}.yaml`, by: 'test' });
  }
  const harbour = readFileSync(
    new URL('../../docs/examples/harbour-lease.yaml', import.meta.url),
    'utf8',
  ).replace(
    '    sources: [{ title: Signed copy, grade: DOCUMENT_TEXT, published: 2024-11-05 }]\n',
    '',
  );
  await recordFile(openExecutor(store), harbour, { fileName: 'harbour.yaml', by: 'test' });
  return store;
};

/** The same log as an earlier version of these events would have written it. */
const writtenAs = async (store: EventStore, version: number): Promise<EventStore> => {
  const old = await openStore('sqlite::memory:', { now });
  const asOld = (event: StoredEvent): StoredEvent => {
    const type = event.type as EventType;
    const schemaVersion = Math.min(version, currentVersion(type));
    return {
      ...event,
      schemaVersion,
      data: JSON.stringify(lowered(type, schemaVersion, JSON.parse(event.data))),
    };
  };
  for await (const page of store.readAll()) {
    for (const event of page) await old.append(event.stream, [asOld(event)], 'any');
  }
  return old;
};

/** Digests of every agreement on the first day of each of its versions. */
const answers = async (app: App): Promise<readonly string[]> => {
  const digests: string[] = [];
  for (const agreement of await app.views.agreements()) {
    const listed = await app.views.versions(agreement, {});
    for (const { from } of listed?.versions ?? []) {
      const answer = await app.views.stateAt(agreement, { effectiveOn: from });
      const timeline = await app.views.timeline(agreement, { effectiveOn: from });
      const papers = timeline?.entries.map(({ instrument }) => instrument);
      digests.push(
        `${agreement} ${from} ${answer?.basis.digest} ${JSON.stringify(papers?.map(({ sources }) => sources))}`,
      );
    }
  }
  return digests;
};

const newest = Math.max(...EVENT_TYPES.map(currentVersion));

describe('a log written by an earlier version', () => {
  test('can be made here for each version that there was', () => {
    for (const type of EVENT_TYPES) {
      expect([type, AS_WRITTEN[type]?.length ?? 0]).toEqual([type, currentVersion(type) - 1]);
    }
  });

  test.each(Array.from({ length: newest - 1 }, (_, i) => i + 1))(
    'of its events (%i) gives the same answers',
    async (version) => {
      await using store = await recorded();
      await using old = await writtenAs(store, version);
      await using today = await createApp({ store, now });
      await using before = await createApp({ store: old, now });
      const expected = await answers(today);
      expect(expected.length).toBeGreaterThan(20);
      expect(await answers(before)).toEqual(expected);
      const versions = new Set<number>();
      for await (const page of old.readAll())
        for (const event of page) versions.add(event.schemaVersion);
      expect([...versions]).toEqual([version]);
    },
  );
});
