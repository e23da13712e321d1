import { on, once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { App } from '#app/app.ts';
import { buildServer } from '#server/build-server.ts';
import { readConfig } from '#src/config.ts';
import { openTestServer } from './test-server.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A socket to a server over an app of which a test replaces a part, and the messages that come. */
const open = async (settings: { readonly token?: string } = {}, part = (_: App) => ({})) => {
  const served = await openTestServer();
  const config = readConfig({}, { logLevel: 'silent', ...settings });
  const server = buildServer({ app: { ...served.app, ...part(served.app) }, config });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  closing.push(
    () => served[Symbol.asyncDispose](),
    () => server.close(),
    () => socket.terminate(),
  );
  const messages = on(socket, 'message');
  await once(socket, 'open');
  return {
    socket,
    say: (message: object) => socket.send(JSON.stringify(message)),
    hear: async () => JSON.parse(String((await messages.next()).value?.[0])),
  };
};

const subscribe = (id: string, query: string) => ({ type: 'subscribe', id, payload: { query } });

describe('a ping', () => {
  it('is answered without what it carries', async () => {
    const { say, hear } = await open();
    say({ type: 'connection_init' });
    expect(await hear()).toEqual({ type: 'connection_ack' });
    say({ type: 'ping', payload: { text: 'x'.repeat(1_000) } });
    expect(await hear()).toEqual({ type: 'pong' });
  });

  it('is not answered before the token was shown', async () => {
    const token = 'a-secret-of-24-letters--';
    const { say, hear } = await open({ token });
    say({ type: 'ping' });
    say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    expect(await hear()).toEqual({ type: 'connection_ack' });
    say({ type: 'ping' });
    expect(await hear()).toEqual({ type: 'pong' });
  });
});

describe('a socket', () => {
  it('that sends much before the token was shown is cut off', async () => {
    const { socket, say } = await open({ token: 'a-secret-of-24-letters--' });
    const closed = once(socket, 'close');
    say({ type: 'ping', payload: { text: 'x'.repeat(20_000) } });
    expect((await closed)[0]).toBe(1006);
  });
});

describe('operations that nobody wants any more', () => {
  /** A socket on which no operation ends before it is let go. */
  const held = async () => {
    const gate = Promise.withResolvers<boolean>();
    const opened = await open({}, ({ views }) => ({
      views: { ...views, has: () => gate.promise },
    }));
    opened.say({ type: 'connection_init' });
    await opened.hear();
    return { ...opened, letGo: () => gate.resolve(false) };
  };
  const SLOW = '{ agreement(id: "a") { id } }';

  it('count until they have ended', async () => {
    const { say, hear, letGo } = await held();
    for (let n = 0; n < 100; n += 1) {
      say(subscribe(`${n}`, SLOW));
      say({ type: 'complete', id: `${n}` });
    }
    say(subscribe('surplus', SLOW));
    expect(await hear()).toMatchObject({
      id: 'surplus',
      payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }],
    });
    letGo();
  });

  it('keep their id until then', async () => {
    const { say, hear, letGo } = await held();
    say(subscribe('one', SLOW));
    say({ type: 'complete', id: 'one' });
    say(subscribe('one', SLOW));
    expect(await hear()).toMatchObject({
      id: 'one',
      payload: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
    letGo();
  });
});
