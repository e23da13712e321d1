import { decode, type Unreadable } from '#events/codec.ts';
import type { EventStore } from '#store/store.ts';

/** The events of a log that this program can not read, in log order. */
export async function* unreadable(
  store: EventStore,
  signal: AbortSignal,
): AsyncGenerator<Unreadable> {
  for await (const page of store.readAll({ signal })) {
    for (const stored of page) {
      const event = decode(stored);
      if (event.type === 'Unreadable') yield event;
    }
  }
}
