import { afterAll, describe } from 'vitest';
import { aServer } from '../servers/find.ts';
import { replicas } from './replicas.ts';

const server = await aServer('esdb');
afterAll(() => server?.[Symbol.asyncDispose]());

describe.skipIf(server === undefined)('replicas, through the client of esdb', () => {
  if (server !== undefined) replicas(server, 'esdb');
});
