import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/**
 * What the way to a server does: lets all through; breaks connections and refuses new ones; lets nothing through and
 * says nothing; lets nothing through in one direction; takes its time.
 */
export type Mode = 'open' | 'cut' | 'frozen' | 'half-open' | 'slow';

/** Each piece of data comes so much later. */
const DELAY_MS = 5;

/** A way to a server that can be disturbed, on a port of its own. */
export const aProxy = async (host: string, port: number) => {
  let mode: Mode = 'open';
  const sockets = new Set<Socket>();
  /** Resolves at the next change of mode. */
  let changed = Promise.withResolvers<void>();

  const passable = async (back: boolean): Promise<void> => {
    while (mode === 'frozen' || (mode === 'half-open' && back)) await changed.promise;
    if (mode === 'slow') await sleep(DELAY_MS);
  };
  /** What comes from one goes to the other, in its order. */
  const join = (a: Socket, b: Socket, back: boolean): void => {
    let before = Promise.resolve();
    a.on('data', (chunk) => {
      before = before.then(() => passable(back)).then(() => void (b.destroyed || b.write(chunk)));
    });
    a.on('error', () => b.destroy());
    a.on('close', () => {
      sockets.delete(a);
      b.destroy();
    });
  };
  const server = createServer((client) => {
    if (mode === 'cut') return void client.destroy();
    const upstream = connect(port, host);
    sockets.add(client);
    sockets.add(upstream);
    join(client, upstream, false);
    join(upstream, client, true);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  onTestFinished(close);
  return {
    port: (server.address() as AddressInfo).port,
    to: (next: Mode) => {
      mode = next;
      if (mode === 'cut') for (const socket of sockets) socket.destroy();
      changed.resolve();
      changed = Promise.withResolvers();
    },
  };
};
