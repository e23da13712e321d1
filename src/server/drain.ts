import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** After that long a closing server cuts off what has not ended by itself, ms. */
const DRAIN_MS = 8_000;
/** How often a closing server looks for connections that nobody uses any more, ms. */
const IDLE_MS = 50;

/**
 * Watches an HTTP server's connections; the function that it gives lets a closing server get rid of them: at once
 * of those that never carried a request (clients open some in advance) or wait for a next one that will not
 * be served, of the others when their answer has gone out, at the latest after eight seconds.
 */
export const drainer = (http: Server): (() => void) => {
  const unused = new Set<Socket>();
  const used = ({ socket }: IncomingMessage) => unused.delete(socket);
  http.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  http.on('request', used);
  http.on('upgrade', used);
  const sweep = () => {
    http.closeIdleConnections();
    for (const socket of unused) socket.destroy();
  };
  return () => {
    sweep();
    const idle = setInterval(sweep, IDLE_MS);
    const force = setTimeout(() => http.closeAllConnections(), DRAIN_MS);
    http.once('close', () => {
      clearInterval(idle);
      clearTimeout(force);
    });
  };
};
