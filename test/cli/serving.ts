import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/codicil.js', import.meta.url));

/** A server in a process of its own, on a file or a connection string; `address` is where it listens. */
export const start = (store: string, ...flags: readonly string[]) => startIn({}, store, ...flags);

/** The same with variables of its own in its environment. */
export const startIn = async (
  env: { readonly [variable: string]: string },
  store: string,
  ...flags: readonly string[]
) => {
  const log = store.includes('://') ? store : `sqlite:${store}`;
  const argv = [bin, 'serve', '--port', '0', '--store', log, '--log-level', 'warn'];
  const child = spawn(process.execPath, [...argv, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal, out, err }));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', () => out.includes('Ctrl-C ends it.') && resolve());
    child.once('exit', () => resolve());
  });
  const address = /http:\/\/[\d.:]+/.exec(out)?.[0] ?? '';
  return {
    address,
    said: out,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    end: (signal: NodeJS.Signals) => child.kill(signal),
    ended,
  };
};
