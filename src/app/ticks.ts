import type { EventPage } from '#store/store.ts';

const NOTHING: EventPage = [];

const after = (ms: number): { readonly tick: Promise<undefined>; readonly stop: () => void } => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  return { tick: promise, stop: () => clearTimeout(timer) };
};

/**
 * Pages as they come and, where none comes for `tick` milliseconds, an empty one. The first is an empty one:
 * whoever starts at the log's end need not wait. Ends when the signal aborts or the pages do.
 */
export async function* pagesOrTicks(
  follow: (signal: AbortSignal) => AsyncIterable<EventPage>,
  tick: number,
  signal: AbortSignal,
): AsyncGenerator<EventPage> {
  const left = new AbortController();
  const source = follow(AbortSignal.any([signal, left.signal]))[Symbol.asyncIterator]();
  let next = source.next();
  try {
    yield NOTHING;
    while (!signal.aborted) {
      const timer = after(tick);
      const result = await Promise.race([next, timer.tick]);
      timer.stop();
      if (result?.done === true) return;
      if (result !== undefined) next = source.next();
      yield result?.value ?? NOTHING;
    }
  } finally {
    // A page may still be waited for: without this, leaving would wait for it too.
    left.abort();
    await source.return?.();
  }
}
