import type { Command } from 'commander';
import type { Sign } from '#store/sign.ts';
import type { EventStore } from '#store/store.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io, Screen } from './io.ts';
import { newCommand, openExisting, sessionOf } from './session.ts';
import { unreadable } from './unreadable.ts';

type Finding = Omit<Sign, 'kind'> & { readonly kind: Sign['kind'] | 'UNREADABLE' };

/** The store first, then the events in it. */
async function* findings(store: EventStore, signal: AbortSignal): AsyncGenerator<Finding> {
  yield* store.examine({ signal });
  for await (const { id, storedType, revision, stream, reason } of unreadable(store, signal)) {
    yield {
      kind: 'UNREADABLE',
      ok: false,
      stream,
      message: `Event ${id} (${storedType}, revision ${revision} of ${stream}) can't be read: ${reason}`,
      remedy:
        'Start the newer version that wrote it; an event of somebody else can only be left out.',
    };
  }
}

const showFinding = ({ line, paint }: Screen, { kind, ok, message, remedy }: Finding): void => {
  line(`${ok ? paint('green', 'ok     ') : paint('red', 'trouble')}  ${kind}  ${message}`);
  if (remedy !== undefined) line(`         ${remedy}`);
};

/** `codicil doctor`: is this store fit to be relied on? */
export const doctorCommand = (io: Io): Command =>
  newCommand({
    name: 'doctor',
    summary:
      'examine a store: version, clocks, limits, gaps, foreign and unreadable events, mirror',
    examples: [
      ['codicil doctor', 'each trouble with what to do; exits with 1 when there is one'],
      ['codicil doctor --store kurrentdb://admin:changeit@db:2113', 'a log on a server'],
    ],
  })
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      const session = sessionOf(io, options);
      await using store = await openExisting(session);
      const found = await Array.fromAsync(findings(store, io.signal));
      session.show(found, (screen) => {
        for (const finding of found) showFinding(screen, finding);
      });
      const troubles = found.filter(({ ok }) => !ok).length;
      if (troubles > 0)
        throw new CliFailure(
          'REFUSED',
          `The store has ${troubles} ${troubles === 1 ? 'trouble' : 'troubles'}.`,
        );
    });
