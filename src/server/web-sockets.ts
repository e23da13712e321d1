import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { CloseCode, handleProtocols, type Server as Protocol } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { ERROR_CODES } from '#graphql/errors.ts';
import { foreignness } from './guard.ts';
import { BODY_LIMIT } from './json-body.ts';
import { GOODBYE_MS, Link } from './link.ts';
import { protocolOf, type SocketOptions } from './socket-protocol.ts';
import { boundUnadmitted, takeIn } from './take-in.ts';
import { watchOver } from './watch-over.ts';

type Options = SocketOptions & {
  readonly log: FastifyBaseLogger;
  readonly path: string;
};

const GOING_AWAY = 1001;
const POLL_MS = 10;
/** Whatever the other end's question says: what it sends is not sent back. */
const PONG = JSON.stringify({ type: 'pong' });

const serve = (protocol: Protocol<Link>, link: Link, log: FastifyBaseLogger): void => {
  const { socket } = link;
  const failed = (trouble: unknown): void => {
    log.error({ err: trouble }, 'a message over a socket failed');
    link.close(CloseCode.InternalServerError, ERROR_CODES.INTERNAL_SERVER_ERROR);
  };
  watchOver(link);
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (data) => link.send(data),
      close: (code, reason) => link.close(code, reason),
      onPing: () => (link.isAdmitted ? link.send(PONG) : undefined),
      onMessage: (take) => takeIn(link, (message) => take(message).catch(failed)),
    },
    link,
  );
  socket.on('error', (trouble) => log.info({ err: trouble }, 'a socket broke'));
  socket.once('close', (code, reason) => {
    closed(code, String(reason)).catch((trouble) => {
      log.error({ err: trouble }, 'an operation over a socket did not end');
    });
  });
};

const turnAway = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
};

/** Resolves when no operation runs any more: each has had its last answer; or when time is up. */
const lastAnswers = async (links: ReadonlySet<Link>): Promise<void> => {
  const giveUp = performance.now() + GOODBYE_MS;
  const runs = () => [...links].some(({ running }) => running.size > 0);
  while (runs() && performance.now() < giveUp) await sleep(POLL_MS);
};

const goodbye = async (links: ReadonlySet<Link>): Promise<void> => {
  const gone = [...links].map(
    ({ socket }) => new Promise((resolve) => socket.once('close', resolve)),
  );
  for (const link of links) link.close(GOING_AWAY, 'The server closes.');
  await Promise.all(gone);
};

/** Serves the graphql-transport-ws protocol; disposing lets every socket have its last answers. */
export const serveSockets = (http: Server, options: Options): AsyncDisposable => {
  const { config, log, path } = options;
  const links = new Set<Link>();
  const protocol = protocolOf(options);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: BODY_LIMIT, handleProtocols });
  let closing = false;
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', (trouble) => log.info({ err: trouble }, 'an upgrade broke off'));
    const [pathname] = (request.url ?? '').split('?');
    if (closing) return turnAway(socket, '503 Service Unavailable');
    if (pathname !== path) return turnAway(socket, '404 Not Found');
    if (foreignness(request.headers, config)) return turnAway(socket, '403 Forbidden');
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const link = new Link(opened, request);
      links.add(link);
      opened.once('close', () => links.delete(link));
      boundUnadmitted(link, socket);
      serve(protocol, link, log);
    });
  });
  return {
    async [Symbol.asyncDispose]() {
      closing = true;
      await lastAnswers(links);
      await goodbye(links);
    },
  };
};
