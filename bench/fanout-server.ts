/** The process whose work is measured: Codicil with its subscribers, and a bare server that writes the same bytes. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '#app/create-app.ts';
import { buildServer } from '#server/build-server.ts';
import { readConfig } from '#src/config.ts';
import { openStore } from '#store/open.ts';
import { madeUp } from './made-up.ts';

const [store = '', events = '0'] = process.argv.slice(2);
const BEFORE = 200;
const AT_ONCE = 10;

await using log = await openStore(`sqlite:${store}`);
const all = madeUp(BEFORE + Number(events), { terms: 20 });
await log.append('agreement-bench', all.slice(0, BEFORE), 'any');
await using app = await createApp({ store: log, now: Date.now });
const server = buildServer({ app, config: readConfig({}, { logLevel: 'silent' }) });
const ours = `${await server.listen({ host: '127.0.0.1', port: 0 })}/graphql`;

const readers = new Set<ServerResponse>();
const raw = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(':\n\n');
  readers.add(response);
  request.once('close', () => readers.delete(response));
});
raw.listen(0, '127.0.0.1');
await once(raw, 'listening');
const anchor = `http://127.0.0.1:${(raw.address() as AddressInfo).port}/`;

/** Every reader gets each frame before the next one is written, as it does when each comes with its commit. */
const writeRaw = async (frames: readonly string[]): Promise<void> => {
  for (const frame of frames) {
    const bytes = Buffer.from(frame);
    for (const reader of readers) reader.write(bytes);
    await new Promise(setImmediate);
  }
};

type Message = { readonly write?: 'ours' | 'anchor'; readonly frames?: readonly string[] };

process.on('message', async ({ write, frames = [] }: Message) => {
  if (write === 'anchor') await writeRaw(frames);
  if (write === 'ours') {
    for (let i = BEFORE; i < all.length; i += AT_ONCE) {
      await log.append('agreement-bench', all.slice(i, i + AT_ONCE), 'any');
    }
  }
  const { user, system } = process.cpuUsage();
  process.send?.({ ours, anchor, cpu: user + system });
});
process.send?.({ ours, anchor, cpu: 0 });
await once(process, 'disconnect');
raw.closeAllConnections();
raw.close();
await server.close();
