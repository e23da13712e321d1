import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { isStream, type Outcome } from './operation.ts';
import { nextFrame } from './results.ts';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

/** How often an idle stream shows that it lives, ms. */
const PING_MS = 12_000;
/** A reader who takes nothing for that long is cut off, ms; it comes back with its last cursor. */
const STALLED_MS = 60_000;

async function* single(result: ExecutionResult): AsyncGenerator<ExecutionResult> {
  yield result;
}

const drained = async (response: ServerResponse, gone: AbortSignal): Promise<void> => {
  const stalled = setTimeout(() => response.destroy(), STALLED_MS);
  try {
    await once(response, 'drain', { signal: gone });
  } finally {
    clearTimeout(stalled);
  }
};

/** Waits until the reader took the frame: a slow one holds up itself, and one answer in memory. */
const write = async (
  response: ServerResponse,
  frame: string | Buffer,
  gone: AbortSignal,
): Promise<void> => {
  if (!response.write(frame)) await drained(response, gone);
};

/**
 * Writes answers as server-sent events, one `next` each and a `complete` at the end (distinct connections mode of
 * the GraphQL over SSE protocol). Ends quietly when the reader leaves.
 */
export const sendEvents = async (response: ServerResponse, outcome: Outcome): Promise<void> => {
  const left = new AbortController();
  const results = isStream(outcome) ? outcome : single(outcome);
  const iterator = results[Symbol.asyncIterator]();
  const leave = () => {
    left.abort();
    // Nobody is left to hear how it ended.
    iterator.return?.(undefined).catch(() => undefined);
  };
  if (response.closed) return leave();
  response.once('close', leave);
  response.writeHead(200, HEADERS);
  // Sent by themselves they become one string; else each of their pieces is held as long as the stream lives.
  response.flushHeaders();
  const ping = setInterval(() => {
    if (!response.writableNeedDrain) response.write(':\n\n');
  }, PING_MS);
  try {
    await write(response, ':\n\n', left.signal);
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      await write(response, nextFrame(next.value), left.signal);
    }
    response.end('event: complete\ndata:\n\n');
  } catch (trouble) {
    if (!left.signal.aborted) throw trouble;
  } finally {
    clearInterval(ping);
  }
};
