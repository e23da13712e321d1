/** Runs in a thread of its own: files come in, their texts go out, in order. */
import { parentPort } from 'node:worker_threads';
import { type Converted, converted } from './conversion.ts';

export type Wanted = { readonly file: Uint8Array; readonly format: Converted };

parentPort?.on('message', async ({ file, format }: Wanted) => {
  parentPort?.postMessage(await converted(Buffer.from(file.buffer, 0, file.length), format));
});
