import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { createApp } from '#app/create-app.ts';
import { openExecutor } from '#app/execute.ts';
import { type FileReport, recordFile } from '#importers/agreement-file.ts';
import { columns } from '#render/layout.ts';
import type { buildServer } from '#server/build-server.ts';
import { assertMayListen, type Config } from '#src/config.ts';
import { StoreUnavailable } from '#store/errors.ts';
import type { EventStore } from '#store/store.ts';
import { collectSooner } from './collect-sooner.ts';
import { CliFailure } from './exit-codes.ts';
import type { Io } from './io.ts';
import { indexPath, newCommand, openLog, placeOfLog, type Session, sessionOf } from './session.ts';
import { isRefused, showReport } from './show-report.ts';
import { tellTrouble } from './tell-trouble.ts';

const BUNDLED = fileURLToPath(new URL('../../agreements/', import.meta.url));

/** Records the agreement files that come with the program; the log is empty. */
const recordBundled = async (store: EventStore, { screen, config }: Session): Promise<void> => {
  const executor = openExecutor(store);
  const files = globSync('*.yaml', { cwd: BUNDLED }).toSorted();
  if (files.length > 0)
    screen.line('The log is new: recording the agreements that come with Codicil.');
  for (const fileName of files) {
    const text = readFileSync(join(BUNDLED, fileName), 'utf8');
    const report: FileReport = await recordFile(executor, text, { fileName, by: config.by });
    showReport(screen, report, { file: join('agreements', basename(fileName)), checkOnly: false });
    if (isRefused(report)) {
      throw new CliFailure('REFUSED', `The bundled file agreements/${fileName} can't be recorded.`);
    }
  }
};

const REASONS: { readonly [code: string]: string } = {
  EADDRINUSE: 'is taken: end what uses it, or take another port with --port (CODICIL_PORT)',
  EACCES: 'is not for this user: take a port above 1023 with --port (CODICIL_PORT)',
  EADDRNOTAVAIL: 'is no address of this machine: name another with --host (CODICIL_HOST)',
  ENOTFOUND: 'is no address that can be found: name another with --host (CODICIL_HOST)',
};

const listen = async (
  server: ReturnType<typeof buildServer>,
  { host, port }: Config,
): Promise<string> => {
  try {
    return await server.listen({ host, port });
  } catch (trouble) {
    const reason = REASONS[(trouble as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw trouble;
    throw new CliFailure('UNAVAILABLE', `Port ${port} on ${host} ${reason}.`);
  }
};

/** Between two tries to record what comes with the program, while the log's server is away. */
const AGAIN_MS = 500;
/** How long a log that is not ready holds up the door; then `/health/ready` says that it is not. */
const DOOR_MS = 2_000;

const isAway = (trouble: unknown): boolean =>
  trouble instanceof StoreUnavailable && trouble.reason === 'UNREACHABLE';

const announce = ({ screen, config }: Session, address: string): void => {
  const { paint, line } = screen;
  const rows = [
    ['GraphiQL page', `${address}/graphql`],
    ['API', `${address}/graphql (HTTP, server-sent events, WebSocket)`],
    ['Data', placeOfLog(config)],
  ];
  for (const row of columns(rows)) line(row);
  line(paint('dim', 'Ctrl-C ends it.'));
};

/** What must be there before questions make sense. A log on a server may take its time, or not be there yet. */
const prepare = async (store: EventStore, session: Session): Promise<void> => {
  await store.level();
  if (!session.config.bundled || (await store.head()).position > 0) return;
  for (;;) {
    try {
      return await recordBundled(store, session);
    } catch (trouble) {
      // The server went away in the middle. What it has is not recorded twice.
      if (store.behind() === undefined && !isAway(trouble)) throw trouble;
      await sleep(AGAIN_MS);
      await store.level();
    }
  }
};

const serve = async (session: Session): Promise<void> => {
  collectSooner();
  const { config, io, screen } = session;
  assertMayListen(config);
  await using store = await openLog(session, { wait: false });
  tellTrouble(store, io);
  const prepared = prepare(store, session);
  await Promise.race([prepared, sleep(DOOR_MS, undefined, { ref: false })]);
  const portfolio = { ...indexPath(config), follow: true };
  await using app = await createApp({ store, now: io.now, portfolio });
  // Loaded here: no other command needs the server.
  const { buildServer: build } = await import('#server/build-server.ts');
  const server = build({ app, config });
  try {
    announce(session, await listen(server, config));
    const ended = async () => void (io.signal.aborted || (await once(io.signal, 'abort')));
    // What makes it impossible to go on ends it; that it was prepared does not.
    await Promise.race([ended(), prepared.then(ended)]);
    screen.line('Closing.');
  } finally {
    await server.close();
  }
};

/** `codicil serve`: the API, until it is told to end. */
export const serveCommand = (io: Io): Command =>
  newCommand({
    name: 'serve',
    summary: 'serve the API and the GraphiQL page until Ctrl-C',
    examples: [
      ['codicil serve', 'on http://127.0.0.1:4000, on ./data/codicil.db'],
      ['codicil serve --port 8080 --store sqlite:deals.db', 'elsewhere'],
      ['codicil serve --no-bundled', 'begin with an empty log'],
      ['CODICIL_TOKEN=… codicil serve --host 0.0.0.0', 'for other machines, with a token'],
    ],
    settings: 'serve',
  }).action((options) => serve(sessionOf(io, options)));
