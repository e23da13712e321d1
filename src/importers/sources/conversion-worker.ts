/** Runs in a thread of its own: files come in, their texts go out, in order. */
import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { type Converted, converted } from './conversion.ts';
import type { NoText } from './exact-text.ts';
import { megabytesOf } from './memory-watch.ts';

export type Wanted = { readonly file: Uint8Array; readonly format: Converted };

/** `held`: the MB that the thread holds after it. */
export type Answer = { readonly text: string | NoText; readonly held: number };

parentPort?.on('message', async ({ file, format }: Wanted) => {
  const text = await converted(Buffer.from(file.buffer, 0, file.length), format);
  const answer: Answer = { text, held: megabytesOf(getHeapStatistics()) };
  parentPort?.postMessage(answer);
});
