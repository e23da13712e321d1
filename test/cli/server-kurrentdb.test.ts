import { afterAll, describe } from 'vitest';
import { ownServer } from '../servers/find.ts';
import { programOnServer } from './on-server.ts';

const server = await ownServer('kurrentdb');
afterAll(() => server?.[Symbol.asyncDispose]());

describe.skipIf(server === undefined)(
  'codicil on a server, through the client of kurrentdb',
  () => {
    if (server !== undefined) programOnServer(server, 'kurrentdb');
  },
);
