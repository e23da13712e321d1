import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_CODES, type ErrorCode } from '#graphql/errors.ts';

/** An error outside of GraphQL in GraphQL's own form, so that a client reads one form only. */
export const errorText = (code: ErrorCode, message: string): string =>
  JSON.stringify({ errors: [{ message, extensions: { code } }] });

export const sendError = (
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
  message: string = ERROR_CODES[code],
): FastifyReply =>
  reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(errorText(code, message));

const CODES: { readonly [status: number]: ErrorCode } = {
  404: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

/** What fastify refuses by itself: a broken body, one that is too large or of another type, an unknown path. */
export const onError = (
  trouble: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const status = trouble.statusCode ?? 500;
  if (status < 500) {
    const code = CODES[status] ?? 'BAD_REQUEST';
    return sendError(reply, status, code, code === 'BAD_REQUEST' ? trouble.message : undefined);
  }
  request.log.error({ err: trouble }, 'a request failed');
  return sendError(reply, status, 'INTERNAL_SERVER_ERROR');
};

export const onNotFound = (_: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendError(reply, 404, 'NOT_FOUND');
