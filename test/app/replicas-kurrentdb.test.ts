import { afterAll, describe } from 'vitest';
import { aServer } from '../servers/find.ts';
import { replicas } from './replicas.ts';

const server = await aServer('kurrentdb');
afterAll(() => server?.[Symbol.asyncDispose]());

describe.skipIf(server === undefined)('replicas, through the client of kurrentdb', () => {
  if (server !== undefined) replicas(server, 'kurrentdb');
});
