import type { FastifyInstance } from 'fastify';

/** Largest body, bytes. */
export const BODY_LIMIT = 1_048_576;

class UnreadableBody extends Error {
  override readonly name = 'UnreadableBody';
  readonly statusCode = 400;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

const textOf = (body: Buffer): string => {
  try {
    return utf8.decode(body);
  } catch {
    throw new UnreadableBody('The body is not written in UTF-8.');
  }
};

const hasPoison = (text: string): boolean => /"(?:__proto__|constructor)"|\\u/i.test(text);

const refusePrototype = (key: string, value: unknown): unknown => {
  if (key !== '__proto__') return value;
  throw new UnreadableBody('No key of the body may be called __proto__.');
};

/** JSON from bytes: strict UTF-8, and no key that could reach an object's prototype. */
export const parseJsonBody = (body: Buffer): unknown => {
  const text = textOf(body);
  try {
    return hasPoison(text) ? JSON.parse(text, refusePrototype) : JSON.parse(text);
  } catch (trouble) {
    if (trouble instanceof UnreadableBody) throw trouble;
    throw new UnreadableBody('The body is not JSON.');
  }
};

/** Takes JSON bodies and no others: a form on a foreign page can not send one. */
export const acceptJsonOnly = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    ['application/json', 'application/graphql+json'],
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    async (_: unknown, body: Buffer) => parseJsonBody(body),
  );
};
