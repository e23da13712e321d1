import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Link } from './link.ts';

/** What a socket may send before it is admitted, in bytes: as much as a request may have in headers. */
const MOST_UNADMITTED = 16 * 1024;

/** Cuts a socket off that sends much before it has shown its token. */
export const boundUnadmitted = (link: Link, wire: Duplex): void => {
  let heard = 0;
  const count = (chunk: Buffer): void => {
    heard += chunk.length;
    if (link.isAdmitted) wire.off('data', count);
    else if (heard > MOST_UNADMITTED) link.socket.terminate();
  };
  wire.on('data', count);
};

/**
 * Reads a socket message by message: the next one when what the last one was answered at once has left, or nearly.
 * So who sends and does not read is not read either. Operations go on meanwhile; `take` lasts as long as they do.
 */
export const takeIn = (link: Link, take: (message: string) => Promise<void>): void => {
  const { socket } = link;
  // What came in one piece with the message that is being taken; that one stands first.
  const messages: string[] = [];
  const takeAll = async (): Promise<void> => {
    socket.pause();
    for (let at = messages[0]; at !== undefined && link.isOpen; at = messages[0]) {
      void take(at);
      await nextTurn();
      await link.drained();
      messages.shift();
    }
    messages.length = 0;
    socket.resume();
  };
  socket.on('message', (message) => {
    if (!link.isOpen) return;
    messages.push(String(message));
    if (messages.length === 1) void takeAll();
  });
};
