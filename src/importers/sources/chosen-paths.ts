import { matchesGlob } from 'node:path';
import { formatOf } from './document-formats.ts';

/** Says of a path inside a pile whether it is to be taken in. */
export type Chosen = (path: string) => boolean;

/** `a/**.md` means every .md below a, as people write it; the glob for that has a slash behind the stars. */
const spelledOut = (glob: string): string =>
  glob.replace(/^\.?\/+/, '').replace(/\*\*(?=[^/*])/g, '**/*');

const matcher = (given: string): Chosen => {
  const glob = spelledOut(given);
  const folder = `${glob.replace(/\/+$/, '')}/`;
  return (path) => path.startsWith(folder) || matchesGlob(path, glob);
};

/** Globs take one matching many times the time of a look-up, and the same paths come again and again. */
const remembered = (choose: Chosen): Chosen => {
  const known = new Map<string, boolean>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const chosen = choose(path);
    known.set(path, chosen);
    return chosen;
  };
};

/**
 * What any of the globs matches (`*`, `**`, `?`, `[a-z]`, `{a,b}`), or lies below where one names a folder; without
 * globs every document whose format is known.
 */
export const chosenPaths = (globs: readonly string[] | undefined): Chosen => {
  if (globs === undefined || globs.length === 0) return (path) => formatOf(path) !== undefined;
  const matchers = globs.map(matcher);
  return remembered((path) => matchers.some((matches) => matches(path)));
};
