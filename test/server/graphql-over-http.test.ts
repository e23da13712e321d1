import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from './test-server.ts';

let served: TestServer;
let url = '';
beforeAll(async () => {
  served = await openTestServer();
  url = await served.listen();
});
afterAll(() => served[Symbol.asyncDispose]());

describe('GraphQL over HTTP', () => {
  const audits = serverAudits({ url: () => url });

  it('is audited whole', () => {
    expect(audits.length).toBeGreaterThanOrEqual(61);
  });

  it.each(audits.map((audit) => ({ name: audit.name, audit })))('$name', async ({ audit }) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' });
  });
});
