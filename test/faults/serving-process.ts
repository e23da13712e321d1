/**
 * A server in a process of its own that tells over IPC what it holds in memory once garbage is collected, in bytes.
 * Argument: path of the log. To be run with --expose-gc.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '#app/create-app.ts';
import { buildServer } from '#server/build-server.ts';
import { readConfig } from '#src/config.ts';
import { openStore } from '#store/open.ts';

const [path = ''] = process.argv.slice(2);
await using store = await openStore(`sqlite:${path}`);
await using app = await createApp({ store, now: Date.now });
const server = buildServer({ app, config: readConfig({}, { logLevel: 'silent' }) });
const address = await server.listen({ host: '127.0.0.1', port: 0 });

// Beside it a bare server that only holds its streams open: what Node itself needs for each.
const bare = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('data: {"data":{"changes":{"__typename":"CaughtUp"}}}\n\n');
});
bare.listen(0, '127.0.0.1');
await once(bare, 'listening');
const plain = `http://127.0.0.1:${(bare.address() as AddressInfo).port}`;

const held = async (): Promise<number> => {
  globalThis.gc?.();
  // What a finalizer frees is free only at the next collection; and nothing may come between that and the look.
  await sleep(50);
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

process.on('message', async () => process.send?.({ held: await held() }));
process.send?.({ address, plain });
await once(process, 'disconnect');
bare.closeAllConnections();
bare.close();
await server.close();
