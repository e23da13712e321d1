/** Tells in the closing lines what could not be tried, and how it can. */
import { source } from './find.ts';

/** Vitest calls it when everything is over. */
export const teardown = async (): Promise<void> => {
  if ((await source()) !== undefined) return;
  process.stdout.write(
    [
      '',
      'SKIPPED: everything that needs an EventStoreDB or KurrentDB server, because there is none.',
      'Start Docker, or set KURRENTDB_URL (a server) or KURRENTDB_PROGRAM (its program); REQUIRE_KURRENTDB=1 makes it a failure.',
      '',
    ].join('\n'),
  );
};
