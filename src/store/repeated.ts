import type { AppendRequest } from './check-append.ts';
import { DuplicateEvent, EventElsewhere } from './errors.ts';
import type { Appended, StoredEvent } from './store.ts';

/**
 * Some ids of an append are in the log already: either this is the same append again, and its answer is what was
 * stored the first time, or it is a mistake.
 *
 * @throws {DuplicateEvent} {@link EventElsewhere}
 */
export const repeated = (
  { stream, events }: AppendRequest,
  known: number,
  find: (id: string) => StoredEvent | undefined,
): Appended => {
  const found = events.map(({ id }) => ({ id, event: find(id) }));
  for (const { id, event } of found) {
    if (event !== undefined && event.stream !== stream) {
      throw new EventElsewhere(stream, id, event.stream);
    }
  }
  const stored = found.map(({ id, event }) => {
    if (event === undefined) {
      const where = `is new but ${known} of the events beside it are stored already`;
      throw new DuplicateEvent(stream, id, where);
    }
    return event;
  });
  const { revision = 0, position = 0 } = stored.at(-1) ?? {};
  return { revision, position, events: stored, duplicate: true };
};
