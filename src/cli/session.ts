import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { didYouMean } from '#agreement/nearest.ts';
import type { App } from '#app/app.ts';
import { createApp } from '#app/create-app.ts';
import { type Config, readConfig, SETTINGS } from '#src/config.ts';
import { fileOf, type OpenOptions, openStore } from '#store/open.ts';
import type { EventStore } from '#store/store.ts';
import { CliFailure } from './exit-codes.ts';
import { type Io, type Screen, screenOf } from './io.ts';
import { progressOn } from './progress.ts';
import type { Options } from './question-options.ts';

/** One run of one command: what it was told, and what it writes to. */
export type Session = {
  readonly io: Io;
  readonly screen: Screen;
  readonly json: boolean;
  readonly options: Options;
  readonly config: Config;
  /** Prints an answer: as one JSON document under --json, else for people. */
  show(value: unknown, render: (screen: Screen) => void): void;
};

/** commander gives `--no-bundled` the value true when it was not said at all. */
const said = ({ bundled, ...others }: Options): Options =>
  bundled === false ? { ...others, bundled } : others;

/** @throws {SettingsError} */
export const sessionOf = (io: Io, options: Options): Session => {
  const screen = screenOf(io);
  const json = options['json'] === true;
  return {
    io,
    screen,
    json,
    options,
    config: readConfig(io.env, said(options)),
    show: (value, render) => {
      if (json) screen.line(JSON.stringify(value, null, 2));
      else render(screen);
    },
  };
};

/** Which settings a command has as flags. */
const SCOPES: { readonly [scope in 'none' | 'every' | 'writing' | 'serve']: readonly string[] } = {
  none: [],
  every: ['every'],
  writing: ['every', 'writing'],
  serve: ['every', 'writing', 'serve'],
};

type Shape = {
  readonly name: string;
  /** One line for the list of commands; begins small, ends without a full stop. */
  readonly summary: string;
  /** Command lines that work as they stand, each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  readonly settings?: keyof typeof SCOPES;
};

/** A command with the flags that all of them have, and its examples below its help. */
export const newCommand = ({ name, summary, examples, settings = 'every' }: Shape): Command => {
  const command = new Command(name).summary(summary).description(`${capital(summary)}.`);
  for (const setting of SETTINGS) {
    if (SCOPES[settings].includes(setting.commands)) {
      command.option(setting.flag, `${setting.meaning} (${setting.variable})`);
    }
  }
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, does]) => `  ${line.padEnd(width)}   ${does}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
};

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const SQLITE = 'sqlite:';
const pathOf = ({ store }: Config): string | undefined =>
  store.startsWith(SQLITE) && store !== 'sqlite::memory:' ? store.slice(SQLITE.length) : undefined;

/** Where the log is, for people: an absolute path, or what the connection string says without secrets. */
export const placeOfLog = (config: Config): string => {
  const path = pathOf(config);
  if (path !== undefined) return resolve(path);
  return config.store.startsWith(SQLITE) ? 'in memory' : config.store.replace(/\/\/[^/?]*@/, '//');
};

/** False when the log is a file that nobody has made yet. */
export const thereIsALog = (config: Config): boolean => {
  const path = pathOf(config);
  return path === undefined || existsSync(path);
};

/** Opens the log, making it where there is none. */
export const openLog = (
  { config, io }: Session,
  options: Pick<OpenOptions, 'wait'> = {},
): Promise<EventStore> =>
  openStore(config.store, {
    now: io.now,
    onProgress: progressOn(io, 'The mirror takes in the log'),
    ...(config.mirror !== undefined && { mirror: config.mirror }),
    ...options,
  });

/** Opens the log that is there; reading commands make none. */
export const openExisting = async (session: Session): Promise<EventStore> => {
  const { config } = session;
  if (!thereIsALog(config)) {
    throw new CliFailure(
      'NOT_FOUND',
      `There is no log at ${pathOf(config)} yet; "codicil serve" or "codicil record FILE" makes one, --store names another.`,
    );
  }
  return openLog(session);
};

/** Where the index over all agreements lies: beside the log, or its mirror. Nowhere for a log in memory. */
export const indexPath = ({ store, mirror }: Config): { readonly path?: string } => {
  const file = fileOf(store, mirror === undefined ? {} : { mirror });
  return file === undefined ? {} : { path: `${file.replace(/\.db$/, '')}.portfolio.db` };
};

/** Runs a question against the log, and closes it behind it. */
export const asking = async (session: Session, ask: (app: App) => Promise<void>): Promise<void> => {
  await using store = await openExisting(session);
  const portfolio = {
    ...indexPath(session.config),
    // Nobody else asks meanwhile, and the next command finds what this one made.
    patience: Number.POSITIVE_INFINITY,
    onProgress: progressOn(session.io, 'The index takes in the log'),
  };
  await using app = await createApp({ store, now: session.io.now, portfolio });
  await ask(app);
};

/** The answer, or the failure that names the agreement that is not there and the nearest that is. */
export const found = async <T>(
  app: App,
  agreementId: string,
  answer: T | undefined,
): Promise<T> => {
  if (answer !== undefined) return answer;
  const hint = didYouMean(agreementId, await app.views.agreements());
  throw new CliFailure('NOT_FOUND', `No agreement is called ${agreementId}.${hint}`);
};
