import { describe, expect, it } from 'vitest';
import { assertMayListen, isLoopback, readConfig, SETTINGS, SettingsError } from '#src/config.ts';

const problemsOf = (env: { [name: string]: string }, flags = {}): readonly string[] => {
  try {
    readConfig(env, flags);
    return [];
  } catch (trouble) {
    if (trouble instanceof SettingsError) return trouble.problems;
    throw trouble;
  }
};

describe('settings', () => {
  it('have defaults that keep the server on this machine', () => {
    const config = readConfig({});
    expect(config).toEqual({
      store: 'sqlite:./data/codicil.db',
      host: '127.0.0.1',
      port: 4000,
      allowPublic: false,
      bundled: true,
      logLevel: 'info',
      by: 'codicil',
    });
  });

  it('come from variables, and a flag goes before its variable', () => {
    const env = { CODICIL_PORT: '5000', CODICIL_STORE: 'sqlite:/srv/log.db', CODICIL_BY: 'ada' };
    expect(readConfig(env, { port: '6000' })).toMatchObject({
      port: 6000,
      store: 'sqlite:/srv/log.db',
      by: 'ada',
    });
  });

  it('count as not given when their variable is empty', () => {
    expect(readConfig({ CODICIL_TOKEN: '', CODICIL_HOST: '' })).toEqual(readConfig({}));
  });

  it('are frozen', () => {
    const config = readConfig({});
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
  });

  it('are refused by the name of the variable or flag, with what would be right, all at once', () => {
    const problems = problemsOf(
      { CODICIL_PORT: 'http', CODICIL_LOG_LEVEL: 'loud' },
      { store: 'codicil.db' },
    );
    expect(problems).toEqual([
      `--store can't be "codicil.db": expected a connection string, like sqlite:./data/codicil.db`,
      `CODICIL_PORT can't be "http": expected a port from 0 (any free one) to 65535, like 4000`,
      `CODICIL_LOG_LEVEL can't be "loud": expected one of silent, fatal, error, warn, info, debug, trace`,
    ]);
  });

  it.each(['65536', '-1', '4000.5', 'Infinity'])('refuse the port %s', (port) => {
    expect(problemsOf({ CODICIL_PORT: port })).toHaveLength(1);
  });

  it('never show a token that is refused', () => {
    const [problem] = problemsOf({ CODICIL_TOKEN: 'too-short' });
    expect(problem).toMatch(/^CODICIL_TOKEN can't be what it is: expected 16 or more characters/);
    expect(problem).not.toContain('too-short');
  });

  it('and never a password', () => {
    const problem = problemsOf({}, { store: 'KURRENTDB://admin:s3c@ret@host/?tls=false' })[0];
    expect(problem).toContain(`--store can't be "KURRENTDB://…@host/?tls=false"`);
  });

  it('read true, false, 1 and 0 as flags and nothing else', () => {
    expect(readConfig({ CODICIL_ALLOW_PUBLIC: '1' }).allowPublic).toBe(true);
    expect(readConfig({ CODICIL_BUNDLED: 'false' }).bundled).toBe(false);
    expect(problemsOf({ CODICIL_ALLOW_PUBLIC: 'yes' })).toHaveLength(1);
  });

  it('take names without ports by commas', () => {
    const hosts = (names: string) => readConfig({ CODICIL_ALLOWED_HOSTS: names }).allowedHosts;
    expect(hosts('localhost,Codicil.Example.org')).toBe('localhost,codicil.example.org');
    for (const names of ['localhost:4000', 'https://localhost', 'a, b', 'a,']) {
      expect(problemsOf({ CODICIL_ALLOWED_HOSTS: names })).toHaveLength(1);
    }
  });

  it('are all in the table that help and docs are made from, with their true defaults', () => {
    const defaults: { [name: string]: unknown } = readConfig({});
    for (const { name, fallback } of SETTINGS) {
      expect([name, String(defaults[name] ?? 'none')]).toEqual([name, fallback]);
    }
    const names: readonly string[] = SETTINGS.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(defaults)));
  });
});

describe('listening', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', 'localhost'])('on %s stays on this machine', (host) => {
    expect(isLoopback(host)).toBe(true);
    expect(() => assertMayListen(readConfig({ CODICIL_HOST: host }))).not.toThrow();
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', 'example.org', '127.0.0.1.example.org'])(
    'on %s needs a token or leave',
    (host) => {
      const env = { CODICIL_HOST: host };
      expect(() => assertMayListen(readConfig(env))).toThrow(/CODICIL_TOKEN.*--allow-public/);
      const token = { ...env, CODICIL_TOKEN: 'sixteen-letters-or-more' };
      expect(() => assertMayListen(readConfig(token))).not.toThrow();
      expect(() => assertMayListen(readConfig(env, { allowPublic: true }))).not.toThrow();
    },
  );
});
