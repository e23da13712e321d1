import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { Link } from '#server/link.ts';

/** Both ends of an open socket. The client answers what is asked only where it is told to. */
export const linked = async (autoPong = true) => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  onTestFinished(() => {
    for (const one of server.clients) one.terminate();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const client = new WebSocket(`ws://127.0.0.1:${port}`, { autoPong });
  const [socket, request] = await once(server, 'connection');
  if (client.readyState !== client.OPEN) await once(client, 'open');
  const wire: Duplex = request.socket;
  return { link: new Link(socket, request), client, wire };
};

/** Waits until something is so; a test that waits in vain runs out of its time. */
export const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await sleep(5);
};
