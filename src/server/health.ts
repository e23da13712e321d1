import type { FastifyInstance } from 'fastify';
import type { App } from '#app/app.ts';

const PREFIX = '/health/';

/** True for what is answered without a token and to any name: it says nothing about anybody. */
export const isHealth = (url: string): boolean => url.startsWith(PREFIX);

/**
 * `/health/live`: the process answers. `/health/ready`: what the log held at the start can be read, and the last
 * write did not fail; where it did, questions are still answered, and a write that succeeds makes it ready again.
 */
export const healthRoutes = (server: FastifyInstance, app: App): void => {
  server.get(`${PREFIX}live`, async () => ({ status: 'live' }));
  server.get(`${PREFIX}ready`, async (_, reply) => {
    if (!app.ready()) return reply.code(503).send({ status: 'starting' });
    const reason = app.trouble();
    if (reason !== undefined) return reply.code(503).send({ status: 'read-only', reason });
    return { status: 'ready' };
  });
};
