import { shownError } from '../errors.ts';

type WithCursor = { readonly cursor: string };

const closingError = (cursor: string | undefined) =>
  shownError('SUBSCRIPTION_CLOSING', 'The server closes; subscribe again after the cursor.', {
    cursor: cursor ?? null,
  });

/**
 * Passes items on until the reader leaves or the server closes. A reader who leaves while the source waits must
 * not wait with it, so the source is aborted instead of being asked to return; a server that closes hands out
 * the last cursor.
 *
 * @throws SUBSCRIPTION_CLOSING with `extensions.cursor` when the server closes.
 */
export const untilClosing = <Item extends WithCursor>(
  closing: AbortSignal,
  open: (signal: AbortSignal) => AsyncIterable<Item>,
): AsyncIterableIterator<Item> => {
  const leaving = new AbortController();
  const source = open(leaving.signal)[Symbol.asyncIterator]();
  const leave = () => {
    closing.removeEventListener('abort', leave);
    leaving.abort();
  };
  if (closing.aborted) leave();
  else closing.addEventListener('abort', leave);
  let left = false;
  let last: string | undefined;
  const iterator: AsyncIterableIterator<Item> = {
    async next() {
      const item = await source.next();
      if (item.done !== true) {
        last = item.value.cursor;
        return item;
      }
      leave();
      if (closing.aborted && !left) {
        left = true;
        throw closingError(last);
      }
      return item;
    },
    async return() {
      left = true;
      leave();
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
};
