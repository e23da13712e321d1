import type { EventPage, EventStore, StoredEvent } from './store.ts';

/**
 * All events of a stream, in order. For a local store and a stream of one page this is one query
 * and no wait, cheap enough to do before every write.
 */
export const wholeStream = async (
  store: Pick<EventStore, 'readStream'>,
  stream: string,
  after = 0,
): Promise<readonly StoredEvent[]> => {
  const pages: EventPage[] = [];
  for await (const page of store.readStream(stream, { after })) pages.push(page);
  return pages.length === 1 ? (pages[0] ?? []) : pages.flat();
};
