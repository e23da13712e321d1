import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, validate } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { App, Health } from '#app/app.ts';
import { parseWithinLimits } from '#graphql/limits.ts';
import { schema } from '#graphql/schema.ts';
import { buildServer } from '#server/build-server.ts';
import { STARTER_TABS } from '#server/starter-tabs.ts';
import { readConfig } from '#src/config.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const opened: TestServer[] = [];
afterEach(async () => {
  for (const served of opened.splice(0)) await served[Symbol.asyncDispose]();
});
const open = async () => {
  const served = await openTestServer();
  opened.push(served);
  return served;
};

/** A server over an app of which a test replaces a part. */
const serving = async (part: (app: App) => Partial<App>) => {
  const { app } = await open();
  const server = buildServer({
    app: { ...app, ...part(app) },
    config: readConfig({}, { logLevel: 'silent' }),
  });
  return server;
};

/** A server, and the signals that end what its subscribers follow. */
const following = async () => {
  const signals: AbortSignal[] = [];
  const server = await serving((app) => ({
    changes: (filter, options) => {
      signals.push(options.signal);
      return app.changes(filter, options);
    },
  }));
  return { server, signals };
};

const headers = { host: 'localhost' };

describe('health', () => {
  it('is live at once, and ready once the log is readable', async () => {
    let health: Health = { status: 'starting', reason: 'UNREACHABLE' };
    const server = await serving(() => ({ health: () => health }));
    const ask = (url: string) => server.inject({ url, headers });
    expect((await ask('/health/live')).statusCode).toBe(200);
    for (const next of [health, { status: 'read-only', reason: 'IO' }] satisfies Health[]) {
      health = next;
      const answer = await ask('/health/ready');
      expect([answer.statusCode, answer.json()]).toEqual([503, next]);
    }
    health = { status: 'ready' };
    expect((await ask('/health/ready')).statusCode).toBe(200);
    await server.close();
  });
});

describe('the GraphiQL page', () => {
  it('holds the three questions of the README and all of its own assets', async () => {
    const { server } = await open();
    const page = await server.inject({
      url: '/graphql',
      headers: { ...headers, accept: 'text/html' },
    });
    expect(page.headers['content-type']).toContain('text/html');
    for (const { query } of STARTER_TABS) {
      expect(page.body).toContain(JSON.stringify(query));
    }
    expect(page.body).not.toMatch(/<(?:script|link)[^>]+(?:src|href)="?https?:/);
    expect(page.headers['content-security-policy']).toContain("connect-src 'self'");
  });

  it.each(STARTER_TABS.map(({ query }) => query))('asks what the schema knows: %s', (query) => {
    expect(validate(schema, parse(query))).toEqual([]);
    expect(() => parseWithinLimits(query)).not.toThrow();
  });

  it('is where the root leads', async () => {
    const { server } = await open();
    const reply = await server.inject({ url: '/', headers });
    expect([reply.statusCode, reply.headers.location]).toEqual([302, '/graphql']);
  });
});

describe('an answer', () => {
  it('carries the id of its request: the caller’s own where it is a sane one', async () => {
    const { server } = await open();
    const id = async (given: string) =>
      (await server.inject({ url: '/health/live', headers: { ...headers, 'x-request-id': given } }))
        .headers['x-request-id'];
    expect(await id('trace-7')).toBe('trace-7');
    expect(await id('<script>')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells nothing of a fault of ours but that there was one', async () => {
    const server = await serving(({ views }) => ({
      views: {
        ...views,
        has: () => Promise.reject(new Error('secret path /var/lib/codicil.db')),
      },
    }));
    const reply = await server.inject({
      method: 'POST',
      url: '/graphql',
      headers,
      payload: { query: '{ agreement(id: "a") { id } }' },
    });
    expect(reply.body).not.toContain('secret');
    expect(reply.json().errors[0].extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
    await server.close();
  });

  it('says that the log can not be used when it can not', async () => {
    const trouble = Object.assign(new Error('/var/lib is full'), { name: 'StoreUnavailable' });
    const server = await serving(() => ({ execute: () => Promise.reject(trouble) }));
    const reply = await server.inject({
      method: 'POST',
      url: '/graphql',
      headers,
      payload: {
        query:
          'mutation { retractRecord(input: { agreement: "a", target: "b", reason: "c" }) { __typename } }',
      },
    });
    expect(reply.json().errors[0].extensions.code).toBe('STORE_UNAVAILABLE');
    expect(reply.body).not.toContain('/var/lib');
    await server.close();
  });
});

describe('a server that closes', () => {
  it('lets a request that runs end, and takes no new one', async () => {
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const asked = Promise.withResolvers<void>();
    const server = await serving(({ views }) => ({
      views: {
        ...views,
        has: async () => {
          asked.resolve();
          await gate;
          return false;
        },
      },
    }));
    const url = `${await server.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
    const query = { query: '{ agreement(id: "a") { id } }' };
    const post = () =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(query),
      });
    const running = post();
    await asked.promise;
    const closed = server.close();
    await sleep(20);
    await expect(post()).rejects.toThrow();
    go();
    expect(await (await running).json()).toEqual({ data: { agreement: null } });
    await closed;
  });

  it('does not leave a follower behind who went away', async () => {
    const { server, signals } = await following();
    const url = `${await server.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
    const query = encodeURIComponent('subscription { changes { ... on CaughtUp { cursor } } }');
    const asking = request(`${url}?query=${query}`, { headers: { accept: 'text/event-stream' } });
    asking.end();
    const chunk = await new Promise<string>((resolve) =>
      asking.once('response', (reply) =>
        reply.on('data', (data) => /cursor/.test(data) && resolve(String(data))),
      ),
    );
    expect(chunk).toContain('event: next');
    asking.destroy();
    await new Promise((resolve) => signals[0]?.addEventListener('abort', resolve));
    await server.close();
  });

  it.each([
    ['closes', (socket: WebSocket) => socket.close()],
    ['breaks off', (socket: WebSocket) => socket.terminate()],
    ['completes', (socket: WebSocket) => socket.send('{"type":"complete","id":"1"}')],
  ])('does not go on for one whose socket %s', async (_, leave) => {
    const { server, signals } = await following();
    const url = `${await server.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    const say = (message: object) => socket.send(JSON.stringify(message));
    const query = 'subscription { changes { ... on CaughtUp { cursor } } }';
    socket.on('open', () => say({ type: 'connection_init' }));
    await new Promise<void>((resolve) =>
      socket.on('message', (message) => {
        const { type } = JSON.parse(String(message));
        if (type === 'next') resolve();
        else say({ type: 'subscribe', id: '1', payload: { query } });
      }),
    );
    const [signal] = signals;
    const left = new Promise((resolve) => signal?.addEventListener('abort', resolve));
    leave(socket);
    await left;
    socket.terminate();
    await server.close();
  });
});
