import { randomUUID } from 'node:crypto';
import type { Link } from './link.ts';
import { PING_MS, STALLED_MS } from './patience.ts';

/** Cuts a socket off that takes nothing for a minute, or that is asked in a quiet moment whether it lives and is silent. */
export const watchOver = (link: Link): void => {
  const { socket } = link;
  /** What the question that is out says. Only who reads it can say it again. */
  let asked: string | undefined;
  let taken = 0;
  let stalled = 0;
  const look = (): void => {
    if (link.isBehind) {
      // The question would lie behind what is unread, and its answer before what we do not read.
      asked = undefined;
      stalled = link.taken === taken ? stalled + PING_MS : 0;
      taken = link.taken;
      if (stalled >= STALLED_MS) socket.terminate();
      return;
    }
    stalled = 0;
    if (asked !== undefined) return socket.terminate();
    asked = randomUUID();
    socket.ping(asked);
  };
  const timer = setInterval(look, PING_MS);
  socket.on('pong', (said) => {
    if (String(said) === asked) asked = undefined;
  });
  socket.once('close', () => clearInterval(timer));
};
