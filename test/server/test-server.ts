import type { FastifyInstance } from 'fastify';
import { buildServer } from '#server/build-server.ts';
import { readConfig, type SettingName } from '#src/config.ts';
import { openTestApp, type TestApp } from '../app/open-test-app.ts';

export type Answered = {
  readonly status: number;
  readonly body: {
    // The shape is what the test asks for.
    // biome-ignore lint/suspicious/noExplicitAny: a GraphQL answer has the shape of its query
    readonly data?: any;
    readonly errors?: readonly {
      readonly message: string;
      readonly path?: readonly (string | number)[];
      readonly extensions: { readonly code: string; readonly [name: string]: unknown };
    }[];
  };
  readonly text: string;
};

/** A server over an app in memory; `at` moves its clock. */
export type TestServer = TestApp & {
  readonly server: FastifyInstance;
  /** Asks in process. */
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Answered>;
  /** Listens on a free port of loopback; gives the address of GraphQL. */
  listen(): Promise<string>;
};

export const openTestServer = async (
  settings: { readonly [name in SettingName]?: unknown } = {},
): Promise<TestServer> => {
  const testApp = await openTestApp();
  const config = readConfig({}, { logLevel: 'silent', by: 'test', ...settings });
  const server = buildServer({ app: testApp.app, config });
  return {
    app: testApp.app,
    at: testApp.at,
    record: testApp.record,
    server,
    ask: async (query, variables = {}, headers = {}) => {
      const reply = await server.inject({
        method: 'POST',
        url: '/graphql',
        headers: { host: 'localhost', accept: 'application/json', ...headers },
        payload: { query, variables },
      });
      return { status: reply.statusCode, body: reply.json(), text: reply.body };
    },
    listen: async () => `${await server.listen({ port: 0, host: '127.0.0.1' })}/graphql`,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await testApp[Symbol.asyncDispose]();
    },
  };
};
