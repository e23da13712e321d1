import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { isStream, type Outcome } from './operation.ts';
import { PING_MS, STALLED_MS } from './patience.ts';
import { nextFrame } from './results.ts';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

/** Streams that are open; one timer serves them all. */
const streams = new Set<ServerResponse>();
let timer: NodeJS.Timeout | undefined;

const ping = (): void => {
  for (const response of streams) if (!response.writableNeedDrain) response.write(':\n\n');
};

const keepAlive = (response: ServerResponse): void => {
  streams.add(response);
  timer ??= setInterval(ping, PING_MS).unref();
};

const letGo = (response: ServerResponse): void => {
  streams.delete(response);
  if (streams.size > 0) return;
  clearInterval(timer);
  timer = undefined;
};

async function* single(result: ExecutionResult): AsyncGenerator<ExecutionResult> {
  yield result;
}

/** Resolves when the reader took what was written, or is gone. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const stalled = setTimeout(() => response.destroy(), STALLED_MS);
    const done = (): void => {
      clearTimeout(stalled);
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });

/** Waits until the reader took the frame: a slow one holds up itself, and one answer in memory. */
const write = async (response: ServerResponse, frame: string | Buffer): Promise<void> => {
  if (!response.write(frame)) await drained(response);
};

/**
 * Writes answers as server-sent events, one `next` each and a `complete` at the end (distinct connections mode of
 * the GraphQL over SSE protocol). Ends quietly when the reader leaves.
 */
export const sendEvents = async (response: ServerResponse, outcome: Outcome): Promise<void> => {
  const results = isStream(outcome) ? outcome : single(outcome);
  const iterator = results[Symbol.asyncIterator]();
  const leave = () => {
    letGo(response);
    // Nobody is left to hear how it ended.
    iterator.return?.(undefined).catch(() => undefined);
  };
  if (response.closed) return leave();
  response.once('close', leave);
  response.writeHead(200, HEADERS);
  // Sent by themselves they become one string; else each of their pieces is held as long as the stream lives.
  response.flushHeaders();
  keepAlive(response);
  await write(response, ':\n\n');
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    if (response.closed) return;
    await write(response, nextFrame(next.value));
  }
  response.end('event: complete\ndata:\n\n');
};
