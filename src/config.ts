import { z } from 'zod';

const FLAG_FORM = { error: 'expected true or false' };
const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'], FLAG_FORM)], FLAG_FORM)
  .transform((given) => given === true || given === 'true' || given === '1');

const PORT_FORM = { error: 'expected a port from 0 (any free one) to 65535, like 4000' };
const port = z.coerce
  .number(PORT_FORM)
  .pipe(z.int(PORT_FORM).min(0, PORT_FORM).max(65535, PORT_FORM));

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const STORE_FORM = { error: 'expected a connection string, like sqlite:./data/codicil.db' };

const schema = z.strictObject({
  store: z
    .string()
    .regex(/^[a-z][a-z0-9+]*:./, STORE_FORM)
    .default('sqlite:./data/codicil.db'),
  mirror: z
    .string()
    .regex(/^[^\0]+$/, { error: 'expected the path of a file' })
    .exactOptional(),
  host: z
    .string()
    .regex(/^[A-Za-z0-9._:-]+$/, { error: 'expected a host name or address, like 127.0.0.1' })
    .default('127.0.0.1'),
  port: port.default(4000),
  token: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, {
      error: 'expected 16 or more characters without spaces; "openssl rand -hex 24" makes some',
    })
    .exactOptional(),
  allowPublic: flag.default(false),
  allowedHosts: z
    .string()
    .regex(/^[\w.-]+(?:,[\w.-]+)*$/, {
      error: 'expected names without ports, by commas, like localhost,codicil.example.org',
    })
    .toLowerCase()
    .exactOptional(),
  bundled: flag.default(true),
  logLevel: z
    .enum(LOG_LEVELS, { error: `expected one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
  by: z
    .string()
    .regex(/^[^\r\n\0]{1,200}$/, { error: 'expected a name on one line, up to 200 characters' })
    .default('codicil'),
});

/** Every setting, read once, and frozen. */
export type Config = Readonly<z.infer<typeof schema>>;
export type SettingName = keyof Config;

type Setting = {
  readonly name: SettingName;
  readonly variable: `CODICIL_${string}`;
  /** As commander declares it. */
  readonly flag: string;
  readonly fallback: string;
  /** One sentence; begins small, ends without a full stop. */
  readonly meaning: string;
  /** The commands that have the flag. */
  readonly commands: 'every' | 'writing' | 'serve';
};

/** What each setting is called as a variable and as a flag, in the order in which docs and help list them. */
export const SETTINGS: readonly Setting[] = [
  {
    name: 'store',
    variable: 'CODICIL_STORE',
    flag: '--store <connection>',
    fallback: 'sqlite:./data/codicil.db',
    meaning:
      'the log, as a connection string: sqlite:PATH, esdb://… or kurrentdb://…; a relative path counts from the working folder',
    commands: 'every',
  },
  {
    name: 'mirror',
    variable: 'CODICIL_MIRROR',
    flag: '--mirror <path>',
    fallback: 'none',
    meaning:
      'the file that mirrors a log on a server, from which everything is read; unless it is named, data/mirrors has one for each server',
    commands: 'every',
  },
  {
    name: 'by',
    variable: 'CODICIL_BY',
    flag: '--by <name>',
    fallback: 'codicil',
    meaning: 'who records, kept with every event that is written from here',
    commands: 'writing',
  },
  {
    name: 'host',
    variable: 'CODICIL_HOST',
    flag: '--host <address>',
    fallback: '127.0.0.1',
    meaning:
      'the address to listen on; one that other machines reach needs a token or --allow-public',
    commands: 'serve',
  },
  {
    name: 'port',
    variable: 'CODICIL_PORT',
    flag: '--port <number>',
    fallback: '4000',
    meaning: 'the port to listen on; 0 takes any free one',
    commands: 'serve',
  },
  {
    name: 'token',
    variable: 'CODICIL_TOKEN',
    flag: '--token <secret>',
    fallback: 'none',
    meaning:
      'a secret of 16 characters or more that every request must carry (Authorization: Bearer …); prefer the variable, flags are seen by other users',
    commands: 'serve',
  },
  {
    name: 'allowPublic',
    variable: 'CODICIL_ALLOW_PUBLIC',
    flag: '--allow-public',
    fallback: 'false',
    meaning: 'listen on an address that other machines reach without asking for a token',
    commands: 'serve',
  },
  {
    name: 'allowedHosts',
    variable: 'CODICIL_ALLOWED_HOSTS',
    flag: '--allowed-hosts <names>',
    fallback: 'none',
    meaning:
      'the names under which it may be asked (Host), by commas; without a list, without a token and off loopback: those that have no dot',
    commands: 'serve',
  },
  {
    name: 'bundled',
    variable: 'CODICIL_BUNDLED',
    flag: '--no-bundled',
    fallback: 'true',
    meaning:
      'the bundled agreements are recorded in an empty log at the first start, unless this says no',
    commands: 'serve',
  },
  {
    name: 'logLevel',
    variable: 'CODICIL_LOG_LEVEL',
    flag: '--log-level <level>',
    fallback: 'info',
    meaning: `what the server logs as JSON on the error stream: ${LOG_LEVELS.join(', ')}`,
    commands: 'serve',
  },
];

/** The settings that can not be used, one sentence each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

type Given = { readonly value: unknown; readonly from: string };
type Environment = { readonly [variable: string]: string | undefined };
/** Settings given as flags, by name; what was not given is left out. */
export type Flags = { readonly [name in SettingName]?: unknown };

const flagName = (setting: Setting): string => setting.flag.split(' ')[0] ?? setting.flag;

const given = (setting: Setting, env: Environment, flags: Flags): Given | undefined => {
  const fromFlag = flags[setting.name];
  if (fromFlag !== undefined) return { value: fromFlag, from: flagName(setting) };
  const fromVariable = env[setting.variable];
  if (fromVariable === undefined || fromVariable === '') return undefined;
  return { value: fromVariable, from: setting.variable };
};

/** Neither a token nor what stands before the host of a connection string is for a screen or a log. */
const shown = (setting: Setting, value: unknown): string => {
  if (setting.name === 'token') return 'what it is';
  const text = JSON.stringify(value);
  return setting.name === 'store' ? text.replace(/\/\/.*@/s, '//…@') : text;
};

/**
 * Settings from flags, else from `CODICIL_*` variables (an empty one counts as not there), else defaults.
 * @throws {SettingsError} that names each flag or variable at fault and what would be right.
 */
export const readConfig = (env: Environment, flags: Flags = {}): Config => {
  const values: { [name: string]: unknown } = {};
  const problems: string[] = [];
  for (const setting of SETTINGS) {
    const found = given(setting, env, flags);
    if (found === undefined) continue;
    const parsed = schema.shape[setting.name].safeParse(found.value);
    if (parsed.success) values[setting.name] = parsed.data;
    else {
      const expected = parsed.error.issues[0]?.message ?? 'expected something else';
      problems.push(`${found.from} can't be ${shown(setting, found.value)}: ${expected}`);
    }
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.freeze(schema.parse(values));
};

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/i;

/** True for an address that only this machine reaches. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/**
 * Holds the rule that nobody serves the world by accident.
 * @throws {SettingsError} when other machines would reach the server and neither a token nor leave is given.
 */
export const assertMayListen = (config: Config): void => {
  if (isLoopback(config.host) || config.token !== undefined || config.allowPublic) return;
  throw new SettingsError([
    `CODICIL_HOST (--host) is ${config.host}, which other machines can reach: set CODICIL_TOKEN to a secret of 16 characters or more, or give --allow-public (CODICIL_ALLOW_PUBLIC=true) to serve everybody`,
  ]);
};
