import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decode, encode } from '#events/codec.ts';
import type { Recorded } from '#events/event.ts';
import type { EventStore } from '#store/store.ts';
import { wholeStream } from '#store/whole-stream.ts';
import { bothAnswers } from '../oracle/agreement.ts';
import { randomHistory } from '../oracle/random-history.ts';
import type { Product, Server } from '../servers/find.ts';
import { aPrefix, aReplica } from '../store/on-server.ts';

const HISTORIES = 40;

/** Every event as it comes back from another store, in a stream of its own. */
const there = async (
  store: EventStore,
  events: readonly Recorded[],
): Promise<readonly Recorded[]> => {
  const stream = `agreement-${randomUUID()}`;
  for (const [revision, event] of events.entries()) {
    const copy = { ...encode(event), id: randomUUID(), recordedAt: event.recordedAt };
    await store.append(stream, [copy], revision);
  }
  const stored = await wholeStream(store, stream);
  return stored.map((text, n) => {
    const event = decode(text);
    if (event.type === 'Unreadable') throw new Error(event.reason);
    // Ids and places are the log's; everything else must be what was given.
    const { id, stream: named, position } = events[n] as Recorded;
    return { ...event, id, stream: named, position } as Recorded;
  });
};

/** Random histories, asked as they come back from a server, against the reference fold of what was given. */
export const randomHistories = (server: Server, product: Product): void => {
  it('answers random histories as the reference fold does', { timeout: 240_000 }, async () => {
    for (const { events, questions } of fc.sample(randomHistory, HISTORIES)) {
      // A log of its own for each: the time of a log never falls.
      const back = await there(await aReplica(server.url(product, aPrefix())), events);
      expect(back).toEqual(events);
      const asked = bothAnswers(back, questions);
      const given = bothAnswers(events, questions);
      for (const [n, { fold }] of asked.entries()) expect(fold).toEqual(given[n]?.reference);
    }
  });
};
