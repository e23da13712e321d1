import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aFolder } from '../store/folder.ts';
import { commandLine, type Ran, type World } from './command-line.ts';

/** The agreement file that the README teaches with. */
export const LEASE = fileURLToPath(
  new URL('../../docs/examples/harbour-lease.yaml', import.meta.url),
);

type Harbour = {
  readonly folder: string;
  /** Runs a command on this test's own log: words, or a line that is parted at its spaces. */
  readonly cli: (line: string | readonly string[], world?: World) => Promise<Ran>;
  /** A copy of the lease with some texts replaced; gives its path. */
  readonly edited: (...edits: readonly (readonly [from: string, to: string])[]) => string;
};

/** A log of its own, empty unless the lease is recorded. */
export const aHarbour = async (recorded = true): Promise<Harbour> => {
  const folder = aFolder();
  const env = { CODICIL_STORE: `sqlite:${join(folder, 'log', 'codicil.db')}` };
  const cli: Harbour['cli'] = (line, world = {}) =>
    commandLine(typeof line === 'string' ? line.split(' ') : line, {
      ...world,
      env: { ...env, ...world.env },
    });
  const edited: Harbour['edited'] = (...edits) => {
    const text = edits.reduce(
      (all, [from, to]) => {
        if (!all.includes(from)) throw new Error(`the lease does not say ${from}`);
        return all.replace(from, to);
      },
      readFileSync(LEASE, 'utf8'),
    );
    mkdirSync(join(folder, 'files'), { recursive: true });
    const path = join(folder, 'files', 'lease.yaml');
    writeFileSync(path, text);
    return path;
  };
  if (recorded) await cli(`record ${LEASE}`);
  return { folder, cli, edited };
};
