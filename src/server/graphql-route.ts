import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { ERROR_CODES, maskedError, shownError } from '#graphql/errors.ts';
import { behindOthers, together } from './cohort.ts';
import { type MediaType, mediaType } from './media-type.ts';
import { isStream, type Operation, prepare } from './operation.ts';
import { paramsOfBody, paramsOfQuery } from './request-params.ts';
import { resultText, statusOf } from './results.ts';
import { sendEvents } from './send-events.ts';
import type { Graphql, Serving } from './yoga.ts';

/** Where GraphQL is asked, over HTTP and WebSocket. */
export const GRAPHQL_PATH = '/graphql';

type Reply = { readonly request: FastifyRequest; readonly reply: FastifyReply };

const acceptOf = ({ headers }: FastifyRequest): string | undefined => headers.accept;

const sendResult = ({ reply }: Reply, result: ExecutionResult, media: MediaType): FastifyReply =>
  reply
    .code(statusOf(result, media))
    .header('content-type', `${media}; charset=utf-8`)
    .send(resultText(result));

/** A refusal before or while running, in the form that is accepted. */
const sendErrors = (at: Reply, errors: readonly GraphQLError[]): FastifyReply => {
  const media = mediaType(acceptOf(at.request), false) ?? 'application/json';
  return sendResult(at, { errors }, media === 'text/event-stream' ? 'application/json' : media);
};

const stream = async ({ request, reply }: Reply, operation: Operation): Promise<void> => {
  const outcome = await operation.run();
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  const { raw } = reply;
  const { log } = request;
  // Not waited for: the request is through, and what it is made of need not live as long as the stream.
  sendEvents(raw, outcome).catch((trouble) => {
    log.error({ err: trouble }, 'a stream of events broke off');
    raw.destroy();
  });
};

const mustBePost = ({ request, reply }: Reply, { type }: Operation): void => {
  if (request.method !== 'GET' || type !== 'mutation') return;
  reply.header('allow', 'POST');
  const http = { status: 405 };
  throw shownError('BAD_REQUEST', 'A mutation is sent by POST.', { http });
};

const notAcceptable = (): GraphQLError =>
  shownError('NOT_ACCEPTABLE', ERROR_CODES.NOT_ACCEPTABLE, { http: { status: 406 } });

const answer = async (at: Reply, operation: Operation): Promise<FastifyReply | undefined> => {
  mustBePost(at, operation);
  const media = mediaType(acceptOf(at.request), operation.type === 'subscription');
  if (media === undefined) throw notAcceptable();
  if (media === 'text/event-stream') {
    await stream(at, operation);
    return undefined;
  }
  await (operation.isSlow ? behindOthers() : together());
  const outcome = await operation.run();
  // Only a subscription gives a stream, and that was accepted as events.
  if (isStream(outcome)) throw notAcceptable();
  return sendResult(at, outcome, media);
};

const handle = async (graphql: Graphql, serving: Serving, at: Reply) => {
  const { request } = at;
  try {
    const params =
      request.method === 'GET' ? paramsOfQuery(request.query) : paramsOfBody(request.body);
    const prepared = prepare(graphql, serving, params);
    if ('errors' in prepared) return sendErrors(at, prepared.errors);
    return await answer(at, prepared);
  } catch (trouble) {
    const shown = maskedError(trouble);
    if (shown.extensions['unexpected'] === true) request.log.error({ err: trouble }, 'a fault');
    return sendErrors(at, [shown]);
  }
};

const PAGE_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; worker-src blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

const isPage = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' && headers.accept?.includes('text/html') === true;

const sendPage = async (graphql: Graphql, { reply }: Reply) => {
  const page = await graphql.engine.fetch(`http://localhost${GRAPHQL_PATH}`, {
    headers: { accept: 'text/html' },
  });
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', PAGE_POLICY)
    .send(await page.text());
};

/** Serves operations over GET and POST, subscriptions as server-sent events, and the GraphiQL page. */
export const graphqlRoute = (
  server: FastifyInstance,
  graphql: Graphql,
  servingOf: (request: FastifyRequest) => Serving,
): void => {
  server.route({
    method: ['GET', 'POST'],
    url: GRAPHQL_PATH,
    handler: (request, reply) =>
      isPage(request)
        ? sendPage(graphql, { request, reply })
        : handle(graphql, servingOf(request), { request, reply }),
  });
};
