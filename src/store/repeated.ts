import type { AppendRequest } from './check-append.ts';
import { DuplicateEvent } from './errors.ts';
import type { Appended, StoredEvent } from './store.ts';

/**
 * Some ids of an append are in the log already: either this is the same append again, and its answer is what was
 * stored the first time, or it is a mistake.
 *
 * @throws DuplicateEvent
 */
export const repeated = (
  { stream, events }: AppendRequest,
  known: number,
  find: (id: string) => StoredEvent | undefined,
): Appended => {
  const stored = events.map(({ id }) => {
    const event = find(id);
    if (event === undefined) {
      const where = `is new but ${known} of the events beside it are stored already`;
      throw new DuplicateEvent(stream, id, where);
    }
    if (event.stream !== stream) {
      throw new DuplicateEvent(stream, id, `is in stream ${event.stream} already`);
    }
    return event;
  });
  const { revision = 0, position = 0 } = stored.at(-1) ?? {};
  return { revision, position, events: stored, duplicate: true };
};
