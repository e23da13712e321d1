import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { ExecutionArgs, GraphQLError } from 'graphql';
import {
  CloseCode,
  type Context,
  handleProtocols,
  makeServer,
  type Server as Protocol,
} from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { ERROR_CODES, maskedError, shownError } from '#graphql/errors.ts';
import type { Config } from '#src/config.ts';
import { foreignness, isAllowed } from './guard.ts';
import { BODY_LIMIT } from './json-body.ts';
import { type Operation, type Outcome, prepare } from './operation.ts';
import type { Graphql, Serving } from './yoga.ts';

type Options = {
  readonly graphql: Graphql;
  readonly config: Config;
  readonly log: FastifyBaseLogger;
  readonly path: string;
  readonly servingOf: (request: IncomingMessage) => Serving;
};

type Extra = { readonly request: IncomingMessage };
type Talk = Context<{ [name: string]: unknown }, Extra>;

/** How often a silent socket is asked whether it lives, ms; one that does not answer is cut off. */
const PING_MS = 12_000;
const MOST_OPERATIONS = 100;
const GOING_AWAY = 1001;
/** How long a closing server waits for the last answers, and then for sockets to say goodbye, ms. */
const GOODBYE_MS = 2_000;
const POLL_MS = 10;

const prepared = (
  { graphql, servingOf }: Options,
  request: IncomingMessage,
  payload: Parameters<typeof prepare>[2],
): Operation | readonly GraphQLError[] => {
  try {
    const operation = prepare(graphql, servingOf(request), payload);
    return 'errors' in operation ? operation.errors : operation;
  } catch (trouble) {
    return [maskedError(trouble)];
  }
};

const isErrors = (of: Operation | readonly GraphQLError[]): of is readonly GraphQLError[] =>
  Array.isArray(of);

/** The protocol runs what was prepared: it is handed on as the root value. */
const run = ({ rootValue }: ExecutionArgs): Promise<Outcome> => (rootValue as Operation).run();

const protocolOf = (options: Options, talks: Set<Talk>): Protocol<Extra> =>
  makeServer<{ [name: string]: unknown }, Extra>({
    onConnect: (talk) => {
      const { extra, connectionParams } = talk;
      talks.add(talk);
      // A browser can set no header on a socket, so the first message may carry the token.
      return (
        isAllowed(extra.request.headers.authorization, options.config) ||
        isAllowed(connectionParams?.['authorization'], options.config)
      );
    },
    onClose: (talk) => {
      talks.delete(talk);
    },
    onSubscribe: ({ extra, subscriptions }, _, payload) => {
      if (Object.keys(subscriptions).length > MOST_OPERATIONS) {
        return [shownError('TOO_MANY_SUBSCRIPTIONS', ERROR_CODES.TOO_MANY_SUBSCRIPTIONS)];
      }
      const { query, operationName, variables } = payload;
      const operation = prepared(options, extra.request, {
        query,
        ...(operationName ? { operationName } : {}),
        ...(variables ? { variables } : {}),
      });
      if (isErrors(operation)) return operation;
      return { ...operation.args, rootValue: operation };
    },
    execute: run,
    subscribe: run,
  });

const keepAlive = (socket: WebSocket): void => {
  let answered = true;
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, PING_MS);
  socket.on('pong', () => {
    answered = true;
  });
  socket.once('close', () => clearInterval(timer));
};

/** Resolves when the message was handed to the kernel: a slow reader holds up itself. */
const send = (socket: WebSocket, data: string): Promise<void> =>
  new Promise((resolve) => {
    if (socket.readyState === socket.OPEN) socket.send(data, () => resolve());
    else resolve();
  });

const serve = (
  protocol: Protocol<Extra>,
  socket: WebSocket,
  request: IncomingMessage,
  log: FastifyBaseLogger,
): void => {
  keepAlive(socket);
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (data) => send(socket, data),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) =>
        socket.on('message', (message) => {
          take(String(message)).catch((trouble) => {
            log.error({ err: trouble }, 'a message over a socket failed');
            socket.close(CloseCode.InternalServerError, ERROR_CODES.INTERNAL_SERVER_ERROR);
          });
        }),
    },
    { request },
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
const lastAnswers = async (talks: ReadonlySet<Talk>): Promise<void> => {
  const giveUp = performance.now() + GOODBYE_MS;
  const runs = () => [...talks].some((talk) => Object.keys(talk.subscriptions).length > 0);
  while (runs() && performance.now() < giveUp) await sleep(POLL_MS);
};

const goodbye = async (clients: ReadonlySet<WebSocket>): Promise<void> => {
  const gone = [...clients].map(
    (client) => new Promise((resolve) => client.once('close', resolve)),
  );
  for (const client of clients) client.close(GOING_AWAY, 'The server closes.');
  const force = setTimeout(() => {
    for (const client of clients) client.terminate();
  }, GOODBYE_MS);
  await Promise.all(gone);
  clearTimeout(force);
};

/** Serves the graphql-transport-ws protocol; disposing lets every socket have its last answers. */
export const serveSockets = (http: Server, options: Options): AsyncDisposable => {
  const { config, log, path } = options;
  const talks = new Set<Talk>();
  const protocol = protocolOf(options, talks);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: BODY_LIMIT, handleProtocols });
  let closing = false;
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', (trouble) => log.info({ err: trouble }, 'an upgrade broke off'));
    const [pathname] = (request.url ?? '').split('?');
    if (closing) return turnAway(socket, '503 Service Unavailable');
    if (pathname !== path) return turnAway(socket, '404 Not Found');
    if (foreignness(request.headers, config)) return turnAway(socket, '403 Forbidden');
    sockets.handleUpgrade(request, socket, head, (opened) => {
      serve(protocol, opened, request, log);
    });
  });
  return {
    async [Symbol.asyncDispose]() {
      closing = true;
      await lastAnswers(talks);
      await goodbye(sockets.clients);
    },
  };
};
