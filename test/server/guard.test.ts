import { createClient } from 'graphql-ws';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { openTestServer, type TestServer } from './test-server.ts';

const opened: TestServer[] = [];
afterEach(async () => {
  for (const served of opened.splice(0)) await served[Symbol.asyncDispose]();
});

const open = async (settings: Parameters<typeof openTestServer>[0] = {}) => {
  const served = await openTestServer(settings);
  opened.push(served);
  return served;
};

const QUERY = '{ version }';
const TOKEN = 'a-secret-of-24-letters--';

describe('a server on loopback', () => {
  it.each(['localhost', 'localhost:4000', '127.0.0.1:4000', '127.1.2.3', '[::1]:4000'])(
    'answers to %s',
    async (host) => {
      expect((await (await open()).ask(QUERY, {}, { host })).status).toBe(200);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', 'a b'])(
    'does not answer to "%s", a name that a foreign page may control',
    async (host) => {
      const { status, body } = await (await open()).ask(QUERY, {}, { host });
      expect(status).toBe(403);
      expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    },
  );

  it.each(['https://evil.example', 'http://localhost:3000', 'null'])(
    'does not answer a page from %s',
    async (origin) => {
      const host = 'localhost:4000';
      expect((await (await open()).ask(QUERY, {}, { host, origin })).status).toBe(403);
    },
  );

  it('answers its own page', async () => {
    const headers = { host: 'localhost:4000', origin: 'http://localhost:4000' };
    expect((await (await open()).ask(QUERY, {}, headers)).status).toBe(200);
  });

  it('turns away a socket that a foreign page opens', async () => {
    const url = await (await open()).listen();
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', {
      origin: 'https://evil.example',
    });
    const trouble = await new Promise<Error>((resolve) => socket.once('error', resolve));
    expect(trouble.message).toContain('403');
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
    'takes no %s, which a form on any page can send',
    async (type) => {
      const { server } = await open();
      const reply = await server.inject({
        method: 'POST',
        url: '/graphql',
        headers: { host: 'localhost', 'content-type': type },
        payload: 'query=%7Bversion%7D',
      });
      expect(reply.statusCode).toBe(415);
      expect(reply.json().errors[0].extensions.code).toBe('UNSUPPORTED_MEDIA_TYPE');
    },
  );

  it('runs no mutation by GET', async () => {
    const { server } = await open();
    const query =
      'mutation { retractRecord(input: { agreement: "a", target: "b", reason: "c" }) { __typename } }';
    const reply = await server.inject({
      url: '/graphql',
      query: { query },
      headers: { host: 'localhost' },
    });
    expect([reply.statusCode, reply.headers.allow]).toEqual([405, 'POST']);
  });
});

describe('a server with a token', () => {
  it.each([
    [{}],
    [{ authorization: TOKEN }],
    [{ authorization: 'Bearer wrong' }],
    [{ authorization: `Basic ${TOKEN}` }],
    [{ authorization: `Bearer ${TOKEN}x` }],
  ])('refuses %j', async (headers) => {
    const { status, body } = await (await open({ token: TOKEN })).ask(QUERY, {}, headers);
    expect(status).toBe(401);
    expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(body.data).toBeUndefined();
  });

  it('answers who carries it', async () => {
    const served = await open({ token: TOKEN });
    expect((await served.ask(QUERY, {}, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
  });

  it.each(['/graphql', '/', '/nowhere'])('refuses GET %s without it, the page too', async (url) => {
    const { server } = await open({ token: TOKEN });
    const headers = { host: 'localhost', accept: 'text/html' };
    expect((await server.inject({ url, headers })).statusCode).toBe(401);
  });

  it.each(['/health/live', '/health/ready'])('answers %s to everybody', async (url) => {
    const { server } = await open({ token: TOKEN });
    expect((await server.inject({ url, headers: { host: 'anything' } })).statusCode).toBe(200);
  });

  it('lets a socket in whose first message carries it, and no other', async () => {
    const url = (await (await open({ token: TOKEN })).listen()).replace('http', 'ws');
    const first = async (connectionParams: { [name: string]: unknown }) => {
      const client = createClient({
        url,
        webSocketImpl: WebSocket,
        connectionParams,
        retryAttempts: 0,
      });
      try {
        return await client.iterate({ query: QUERY }).next();
      } finally {
        await client.dispose();
      }
    };
    expect((await first({ authorization: `Bearer ${TOKEN}` })).value).toHaveProperty('data');
    await expect(first({})).rejects.toMatchObject({ code: 4403 });
  });
});

describe('a server that other machines reach', () => {
  const publicly = { host: '0.0.0.0', allowPublic: true };
  const statusOf = async (settings: Parameters<typeof open>[0], headers: { host: string }) =>
    (await (await open(settings)).ask(QUERY, {}, headers)).status;

  it.each(['192.168.1.4:4000', '[fe80::1]:4000', '127.0.0.1', 'localhost', 'codicil:4000'])(
    'answers to %s, which no page from elsewhere can have been served under',
    async (host) => {
      expect(await statusOf(publicly, { host })).toBe(200);
    },
  );

  it.each(['evil.example', '127.0.0.1.nip.io:4000', 'localhost.'])(
    'does not answer to %s, and says how it would',
    async (host) => {
      const { status, body } = await (await open(publicly)).ask(QUERY, {}, { host });
      expect(status).toBe(403);
      expect(body.errors?.[0]?.message).toContain('CODICIL_ALLOWED_HOSTS');
    },
  );

  it('answers to the name that it listens on', async () => {
    const settings = { host: 'Codicil.example', allowPublic: true };
    expect(await statusOf(settings, { host: 'codicil.example:4000' })).toBe(200);
  });

  it('answers to any name where it asks for a token, which no page has', async () => {
    const headers = { host: 'codicil.example', authorization: `Bearer ${TOKEN}` };
    expect(await statusOf({ host: '0.0.0.0', token: TOKEN }, headers)).toBe(200);
  });

  it('goes by its own settings, whatever another one in the process answers to', async () => {
    const host = 'codicil.example';
    expect(await statusOf({ ...publicly, allowedHosts: host }, { host })).toBe(200);
    expect(await statusOf(publicly, { host })).toBe(403);
  });

  it('answers no page from elsewhere', async () => {
    const foreign = { host: 'localhost:4000', origin: 'https://evil.example' };
    expect(await statusOf(publicly, foreign)).toBe(403);
  });
});

describe('a server that was told its names', () => {
  const allowedHosts = 'localhost,Codicil.example';
  const answered = async (settings: Parameters<typeof open>[0]) => {
    const served = await open({ ...settings, allowedHosts });
    const hosts = ['codicil.example:8443', 'localhost', '10.0.0.7', 'codicil', 'evil.example'];
    const headers = { authorization: `Bearer ${TOKEN}` };
    const ask = async (host: string) =>
      (await served.ask(QUERY, {}, { ...headers, host })).status === 200 ? [host] : [];
    return (await Promise.all(hosts.map(ask))).flat();
  };

  it('answers on loopback to those besides its own', async () => {
    expect(await answered({})).toEqual(['codicil.example:8443', 'localhost']);
  });

  it.each([{ allowPublic: true }, { token: TOKEN }])(
    'answers elsewhere, with %j, to those and to addresses alone',
    async (settings) => {
      const names = await answered({ ...settings, host: '0.0.0.0' });
      expect(names).toEqual(['codicil.example:8443', 'localhost', '10.0.0.7']);
    },
  );

  it('answers a page that was served under one of them', async () => {
    const headers = { host: 'codicil.example', origin: 'https://codicil.example' };
    const served = await open({ allowedHosts });
    expect((await served.ask(QUERY, {}, headers)).status).toBe(200);
  });
});
