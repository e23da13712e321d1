/** The process whose work is measured: Codicil, and beside it a bare fastify that sends the same JSON. */
import { once } from 'node:events';
import fastify from 'fastify';
import { createApp } from '#app/create-app.ts';
import { buildServer } from '#server/build-server.ts';
import { readConfig } from '#src/config.ts';
import { openStore } from '#store/open.ts';
import { madeUp } from './made-up.ts';

const EVENTS = 200;
const TERMS = 20;

await using store = await openStore('sqlite::memory:');
await store.append('agreement-bench', madeUp(EVENTS, { terms: TERMS }), 'any');
await using app = await createApp({ store, now: Date.now });
const server = buildServer({ app, config: readConfig({}, { logLevel: 'silent' }) });
const bare = fastify();
let answer: unknown;
bare.post('/graphql', (_, reply) => reply.send(answer));

const listening = { host: '127.0.0.1', port: 0 };
const addresses = {
  ours: `${await server.listen(listening)}/graphql`,
  anchor: `${await bare.listen(listening)}/graphql`,
};
process.on('message', async (message: { readonly answer?: unknown }) => {
  if ('answer' in message) answer = message.answer;
  const { user, system } = process.cpuUsage();
  process.send?.({ addresses, cpu: user + system });
});
process.send?.({ addresses, cpu: 0 });
await once(process, 'disconnect');
await Promise.all([server.close(), bare.close()]);
