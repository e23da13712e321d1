import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';

import type { App } from '#app/app.ts';
import type { Caller } from '#graphql/context.ts';
import { schema } from '#graphql/schema.ts';
import type { Config } from '#src/config.ts';
import { drainer } from './drain.ts';
import { GRAPHQL_PATH, graphqlRoute } from './graphql-route.ts';
import { refusalOf } from './guard.ts';
import { secureHeaders } from './headers.ts';
import { healthRoutes, isHealth } from './health.ts';
import { acceptJsonOnly, BODY_LIMIT } from './json-body.ts';
import { onError, onNotFound, sendError } from './replies.ts';
import { serveSockets } from './web-sockets.ts';
import { createGraphql } from './yoga.ts';

export type ServerOptions = {
  readonly app: App;
  readonly config: Config;
  /** Absent: JSON lines on the error stream, from `config.logLevel` on. */
  readonly logger?: FastifyBaseLogger;
};

/** A body must have come by then, ms. */
const SLOWEST_BODY_MS = 30_000;
const version: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version;

const REQUEST_ID = /^[A-Za-z0-9._:-]{1,100}$/;

/** The caller's own id for the request where it is a sane one, so that logs can be laid side by side. */
const requestId = ({ headers }: IncomingMessage): string => {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
};

const newServer = ({ config, logger }: ServerOptions): FastifyInstance =>
  fastify({
    ...(logger === undefined
      ? { logger: { level: config.logLevel, stream: process.stderr } }
      : { loggerInstance: logger }),
    genReqId: requestId,
    bodyLimit: BODY_LIMIT,
    requestTimeout: SLOWEST_BODY_MS,
  });

const guard = (server: FastifyInstance, config: Config): void => {
  server.addHook('onRequest', async (request, reply) => {
    if (isHealth(request.url)) return;
    const refusal = refusalOf(request.headers, config);
    if (refusal === undefined) return;
    if (refusal.status === 401) reply.header('www-authenticate', 'Bearer');
    return sendError(reply, refusal.status, refusal.code, refusal.message);
  });
};

/** Ends in order: subscriptions with their last cursor, sockets, requests that run; then cuts off the rest. */
const closeInOrder = (
  server: FastifyInstance,
  closing: AbortController,
  sockets: AsyncDisposable,
): void => {
  const drain = drainer(server.server);
  server.addHook('preClose', async () => {
    drain();
    closing.abort();
    await sockets[Symbol.asyncDispose]();
  });
};

/**
 * The HTTP server around an app: GraphQL over HTTP, server-sent events and WebSocket on one path, health, guards.
 * It does not listen yet. `close()` drains within ten seconds and leaves the app open: whoever opened it closes it.
 */
export const buildServer = (options: ServerOptions): FastifyInstance => {
  const { app, config } = options;
  const server = newServer(options);
  const closing = new AbortController();
  const graphql = createGraphql({ app, schema, log: server.log });
  const callerOf = (id: string): Caller => ({
    by: config.by,
    requestId: id,
    newCommandId: randomUUID,
    closing: closing.signal,
    version,
  });
  server.setErrorHandler(onError);
  server.setNotFoundHandler(onNotFound);
  secureHeaders(server);
  guard(server, config);
  acceptJsonOnly(server);
  healthRoutes(server, app);
  server.get('/', (_, reply) => reply.redirect(GRAPHQL_PATH));
  graphqlRoute(server, graphql, ({ id }) => ({ caller: callerOf(id) }));
  const sockets = serveSockets(server.server, {
    graphql,
    config,
    log: server.log,
    path: GRAPHQL_PATH,
    servingOf: (request) => ({ caller: callerOf(requestId(request)) }),
  });
  closeInOrder(server, closing, sockets);
  return server;
};
