import { afterAll, describe } from 'vitest';
import { aServer } from '../servers/find.ts';
import { storeContract } from './contract.ts';
import { mirrorContract } from './contract-mirror.ts';
import { serverContract } from './contract-server.ts';
import { openOn } from './on-server.ts';

const server = await aServer('kurrentdb');
afterAll(() => server?.[Symbol.asyncDispose]());

describe.skipIf(server === undefined)('a server, through the client of kurrentdb', () => {
  if (server === undefined) return;
  serverContract(server, 'kurrentdb');
  mirrorContract(server, 'kurrentdb');
  storeContract('a log on a server', openOn(server, 'kurrentdb'));
});
