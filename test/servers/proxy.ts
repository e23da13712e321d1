import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * What the way to a server does: lets all through; breaks connections and refuses new ones; lets nothing through and
 * says nothing; lets nothing through in one direction; takes its time.
 */
export type Mode = 'open' | 'cut' | 'frozen' | 'half-open' | 'slow';

const DELAY_MS = 60;

/** A way to a server that can be disturbed, on a port of its own. */
export const aProxy = async (host: string, port: number) => {
  let mode: Mode = 'open';
  const sockets = new Set<Socket>();
  /** What was held back, to be let through when the way is open again. */
  let held: (() => void)[] = [];

  const pass = (to: Socket, chunk: Buffer, back: boolean): void => {
    const write = () => void (to.destroyed || to.write(chunk));
    if (mode === 'frozen' || (mode === 'half-open' && back)) held.push(write);
    else if (mode === 'slow') setTimeout(write, DELAY_MS);
    else write();
  };
  const join = (a: Socket, b: Socket, back: boolean): void => {
    a.on('data', (chunk) => pass(b, chunk, back));
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
      if (mode !== 'open') return;
      const writes = held;
      held = [];
      for (const write of writes) write();
    },
  };
};
