/** Events and streams for the store's tests: fresh ids and names, so that any log can hold them. */
import { randomUUID } from 'node:crypto';
import type { EventPage, EventToStore, StoredEvent } from '#store/store.ts';

export const anEvent = (data: unknown = { note: 'something happened' }): EventToStore => ({
  id: randomUUID(),
  type: 'TermAdded',
  schemaVersion: 1,
  data: JSON.stringify(data),
  metadata: JSON.stringify({ by: 'tester' }),
});

export const someEvents = (count: number): readonly EventToStore[] =>
  Array.from({ length: count }, (_, place) => anEvent({ place }));

export const aStream = (): string => `agreement-contract-${randomUUID()}`;

export const gathered = async (pages: AsyncIterable<EventPage>): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of pages) events.push(...page);
  return events;
};

/** Follows until as many events of the wanted streams have come, then stops. */
export const firstOf = async (
  pages: AsyncIterable<EventPage>,
  count: number,
  isWanted: (event: StoredEvent) => boolean,
): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of pages) {
    events.push(...page.filter(isWanted));
    if (events.length >= count) break;
  }
  return events;
};

export const idsOf = (events: readonly { readonly id: string }[]): readonly string[] =>
  events.map(({ id }) => id);

/** Consecutive pairs, for what must hold from one to the next. */
export const pairsOf = <T>(items: readonly T[]): readonly (readonly [T, T])[] =>
  items.slice(1).flatMap((item, place) => {
    const before = items[place];
    return before === undefined ? [] : [[before, item] as const];
  });
