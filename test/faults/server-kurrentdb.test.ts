import { afterAll, describe } from 'vitest';
import { ownServer } from '../servers/find.ts';
import { serverFaults } from './server-faults.ts';

const server = await ownServer('kurrentdb');
afterAll(() => server?.[Symbol.asyncDispose]());

describe.skipIf(server === undefined)(
  'a server in trouble, through the client of kurrentdb',
  () => {
    if (server !== undefined) serverFaults(server, 'kurrentdb');
  },
);
