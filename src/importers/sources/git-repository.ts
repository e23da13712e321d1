import type { VersionSource } from '../documents/version-source.ts';
import { chosenPaths } from './chosen-paths.ts';
import { GitPile } from './git-pile.ts';
import { commitSource } from './git-versions.ts';

export type GitOptions = {
  /** The branch, tag or commit whose history counts; HEAD by default. */
  readonly ref?: string;
  /** Globs of paths inside the repository, such as `policies/**.md`; by default every document of a known format. */
  readonly paths?: readonly string[];
};

/**
 * Any clone, bare or not, read by the program git: the versions along the first parents of a ref, announced when they
 * were committed. A document goes on through a rename. Nothing of the clone is run, and nothing fetched.
 * @throws {SourceUnavailable} where there is no repository, no such ref or no git
 */
export const gitRepository = (
  path: string,
  { ref, paths }: GitOptions = {},
): Promise<VersionSource> =>
  GitPile.open(path, {
    ...(ref !== undefined && { ref }),
    chosen: chosenPaths(paths),
    ...(paths === undefined && {
      others: 'their format is none that documents have; name them by --paths to take them in.',
    }),
    tell: (commit, document) => ({ sources: [commitSource(commit, document)] }),
  });
