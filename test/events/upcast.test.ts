import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode, type StoredText } from '#events/codec.ts';
import { EVENT_TYPES, type EventType, eventSchemas } from '#events/event.ts';
import { currentVersion, LIFTS, lifted } from '#events/upcast.ts';

const folder = new URL('./fixtures/', import.meta.url);
const kept = readdirSync(folder);

const versions = EVENT_TYPES.flatMap((type) =>
  Array.from({ length: currentVersion(type) }, (_, i) => [type, i + 1] as const),
);

const fixture = (type: EventType, version: number): string =>
  readFileSync(new URL(`${type}.v${version}.json`, folder), 'utf8');

const stored = (type: EventType, schemaVersion: number): StoredText => ({
  id: '5b0a7c0e-0f0e-5c5e-8d5a-3b1c0a6f2d11',
  type,
  schemaVersion,
  data: fixture(type, schemaVersion),
  metadata: '{"by":"ada","commandId":"c-1","correlationId":"c-1"}',
  stream: 'agreement-harbour-lease',
  revision: 1,
  position: 1,
  recordedAt: 1_000,
});

describe('stored examples', () => {
  it('are kept for every version of every event, and no others', () => {
    const wanted = versions.map(([type, version]) => `${type}.v${version}.json`);
    expect(kept.toSorted()).toEqual(wanted.toSorted());
  });

  it.each(versions)('of %s, version %i, are read and fit the schema of today', (type, version) => {
    const event = decode(stored(type, version));
    if (event.type === 'Unreadable') throw new Error(event.reason);
    expect(event.type).toBe(type);
    expect(eventSchemas[type].safeParse(event.data)).toMatchObject({ success: true });
  });
});

describe('a lift', () => {
  it('gives an instrument of version 1 its empty list of sources', () => {
    expect(
      eventSchemas.InstrumentRecorded.safeParse(JSON.parse(fixture('InstrumentRecorded', 1))),
    ).toMatchObject({
      success: false,
    });
    expect(decode(stored('InstrumentRecorded', 1))).toMatchObject({
      data: { instrumentId: 'lease', sources: [] },
    });
  });

  it.each(EVENT_TYPES.filter((type) => LIFTS[type] !== undefined))(
    'of %s leaves a payload alone that has the new shape already',
    (type) => {
      const data = JSON.parse(fixture(type, currentVersion(type)));
      expect(lifted(type, 1, data)).toEqual(data);
    },
  );
});
