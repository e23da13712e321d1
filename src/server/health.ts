import type { FastifyInstance } from 'fastify';
import type { App } from '#app/app.ts';

const PREFIX = '/health/';

/** True for what is answered without a token and to any name: it says nothing about anybody. */
export const isHealth = (url: string): boolean => url.startsWith(PREFIX);

/**
 * `/health/live`: the process answers. `/health/ready`: what the log holds can be read and the last write did not
 * fail; else 503 with what is the matter. Questions are answered all the same once the log could be read at all.
 */
export const healthRoutes = (server: FastifyInstance, app: App): void => {
  server.get(`${PREFIX}live`, async () => ({ status: 'live' }));
  server.get(`${PREFIX}ready`, async (_, reply) => {
    const health = app.health();
    return reply.code(health.status === 'ready' ? 200 : 503).send(health);
  });
};
