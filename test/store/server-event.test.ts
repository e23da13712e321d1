import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventsForServer, isOurs, received } from '#store/server-event.ts';
import type { EventForServer, ServerEvent } from '#store/server-log.ts';
import type { EventToStore } from '#store/store.ts';
import { anEvent, someEvents } from './events.ts';

/** What a client does to an event on its way to the server and back (both do the same). */
const sent = (event: EventForServer, revision: number): ServerEvent => {
  const isJson = event.contentType === 'application/json';
  const bytes = Buffer.from(JSON.stringify(event.metadata));
  return {
    streamId: 'agreement-a',
    id: event.id,
    revision: BigInt(revision),
    type: event.type,
    isJson,
    data: isJson ? JSON.parse(Buffer.from(JSON.stringify(event.data)).toString()) : event.data,
    metadata: JSON.parse(bytes.toString()),
    created: new Date(1_700_000_000_123),
  };
};

const text = fc.oneof(
  fc.json(),
  fc.json().map((json) => JSON.stringify(JSON.parse(json))),
  fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '{}',
    '{"__proto__":{"a":1}}',
    '{"codicil":{"schemaVersion":9}}',
    '{"a":1,"a":2}',
  ),
  fc.constantFrom(
    '{"n":12345678901234567890}',
    '{"n":1e400}',
    '{"n":-0}',
    '{ "a": 1 }',
    '{"2":1,"1":2}',
  ),
);
const someEvent = fc
  .record({ data: text, metadata: text, schemaVersion: fc.integer({ min: 1, max: 99 }) })
  .map((said): EventToStore => ({ ...anEvent(), ...said }));

test('every text comes back to the letter, and what it goes as is plain or bytes', () =>
  fc.assert(
    fc.property(fc.array(someEvent, { minLength: 1, maxLength: 4 }), (events) => {
      const back = eventsForServer(events).map((event, place) => received(sent(event, place)));
      expect(back).toMatchObject(events);
      expect(back.map(({ revision }) => revision)).toEqual(events.map((_, place) => place + 1));
      expect(back.map(({ left }) => left)).toEqual(events.map((_, n) => events.length - 1 - n));
    }),
    { numRuns: 2_000 },
  ));

test('what the server can show as JSON goes as JSON', () => {
  const [event] = eventsForServer([anEvent({ note: 'x' })]);
  expect(event).toMatchObject({ contentType: 'application/json', data: { note: 'x' } });
  expect(event?.metadata).toEqual({ by: 'tester', codicil: { schemaVersion: 1 } });
});

test('an event is as old as the server says, unless it was copied', () => {
  const [first, second] = eventsForServer([anEvent(), { ...anEvent(), recordedAt: 77 }]);
  if (first === undefined || second === undefined) throw new Error('two');
  expect(received(sent(first, 0)).recordedAt).toBe(1_700_000_000_123);
  expect(received(sent(second, 1)).recordedAt).toBe(77);
});

test.each([
  ['no metadata', undefined],
  ['bytes', new Uint8Array([1, 2, 3])],
  ['a text', 'x'],
  ['a list', [1]],
  ['a note that is none', { codicil: 'x' }],
  ['a note without a version', { codicil: { left: 1 } }],
  ['a note with a version that is none', { codicil: { schemaVersion: 0 } }],
])("somebody else's event with %s is taken as it is", (_, metadata) => {
  const [event] = eventsForServer(someEvents(1));
  if (event === undefined) throw new Error('one');
  const foreign: ServerEvent = { ...sent(event, 4), metadata };
  expect(isOurs(foreign)).toBe(false);
  expect(received(foreign)).toMatchObject({ revision: 5, schemaVersion: 1, left: 0 });
  expect(typeof received(foreign).metadata).toBe('string');
});
