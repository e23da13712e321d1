import { describe, expect, it } from 'vitest';
import { openTestServer } from './test-server.ts';

describe('what a browser asks for a page of another site', () => {
  const get = async (headers: { readonly [name: string]: string }) => {
    await using served = await openTestServer();
    const query = { query: '{ version }' };
    const all = { host: 'localhost', ...headers };
    return await served.server.inject({ url: '/graphql', query, headers: all });
  };

  it.each([
    ['an image', 'cross-site', 'no-cors', 'image', 'image/avif,*/*;q=0.8'],
    ['a script', 'same-site', 'no-cors', 'script', '*/*'],
    ['a frame', 'cross-site', 'navigate', 'iframe', 'text/html'],
    ['what is no page', 'cross-site', 'navigate', 'document', '*/*'],
  ])('is refused: %s', async (_, site, mode, dest, accept) => {
    const reply = await get({
      accept,
      'sec-fetch-site': site,
      'sec-fetch-mode': mode,
      'sec-fetch-dest': dest,
    });
    expect([reply.statusCode, reply.json().errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('is the GraphiQL page where somebody follows a link, and nothing is run', async () => {
    const reply = await get({
      accept: 'text/html,*/*;q=0.8',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    });
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
  });

  it.each([{}, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }])(
    'is told from what our own page, a person or a program asks: %j',
    async (headers) => {
      const reply = await get({ accept: '*/*', ...headers });
      expect([reply.statusCode, Object.keys(reply.json())]).toEqual([200, ['data']]);
    },
  );
});
