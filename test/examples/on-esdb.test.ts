import { afterAll, describe } from 'vitest';
import { useLogs } from '../app/open-test-app.ts';
import { aServer } from '../servers/find.ts';
import { aClockedReplica, aPrefix } from '../store/on-server.ts';

const server = await aServer('esdb');
afterAll(() => server?.[Symbol.asyncDispose]());

// What the other files try on a log in memory must hold on a server to the letter.
describe.skipIf(server === undefined)('on a server, through the client of esdb', async () => {
  if (server === undefined) return;
  useLogs((now) => aClockedReplica(server.url('esdb', aPrefix()), now));
  await import('./dates.test.ts');
  await import('./terms.test.ts');
  await import('../app/notices.test.ts');
  await import('../app/feed.test.ts');
  await import('./histories-on-server.ts').then(({ randomHistories }) =>
    randomHistories(server, 'esdb'),
  );
});
