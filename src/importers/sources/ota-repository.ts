import type { VersionSource } from '../documents/version-source.ts';
import type { LoggedCommit } from './git-log.ts';
import { GitPile } from './git-pile.ts';
import type { GitOptions } from './git-repository.ts';
import { commitSource, type Told } from './git-versions.ts';

const DOCUMENT = /^[^/]+\/[^/]+\.md$/;
const TRAILER = /^[A-Za-z][\w-]*: \S/;
const ADDRESS = /\bhttps:\/\/[^\s<>"]+/g;
const SNAPSHOT = /^https:\/\/.{1,1900}\/commit\/[0-9a-f]{7,64}\b/;

/**
 * The first address of a commit in a text. Address by address, each looked at from its start only: a text made of
 * nothing but starts of addresses must not be searched anew from each of them.
 */
const snapshotIn = (body: string): string | undefined => {
  for (const [address] of body.matchAll(ADDRESS)) {
    const [url] = SNAPSHOT.exec(address) ?? [];
    if (url !== undefined) return url;
  }
  return undefined;
};

/** The lines `Key: value` that end the body of a commit. */
const trailersOf = (body: string): string | undefined => {
  const last =
    body
      .trimEnd()
      .split(/\n{2,}/)
      .at(-1) ?? '';
  const lines = last.split('\n');
  return lines.every((line) => TRAILER.test(line)) ? last : undefined;
};

/** A version comes of a snapshot of what the service showed; Open Terms Archive names it in the commit. */
const tell = (commit: LoggedCommit, path: string): Told => {
  const url = snapshotIn(commit.body);
  const note = trailersOf(commit.body);
  const source = commitSource(commit, path);
  return {
    sources: [
      {
        ...source,
        publisher: 'Open Terms Archive contributors',
        ...(url !== undefined && { url }),
      },
    ],
    ...(note && { note }),
  };
};

/**
 * A repository of versions of Open Terms Archive, with a document at `service/type of document.md`. A version is
 * announced when it was fetched, which is the date of its commit; its trailers are its note, its snapshot's address
 * stands at its source.
 * @throws {SourceUnavailable} where there is no repository, no such ref or no git
 */
export const otaRepository = (
  path: string,
  { ref }: Pick<GitOptions, 'ref'> = {},
): Promise<VersionSource> =>
  GitPile.open(path, {
    ...(ref !== undefined && { ref }),
    chosen: (document) => DOCUMENT.test(document) && !document.startsWith('.'),
    others: 'they do not lie in the folder of a service, as its documents (.md) do.',
    tell,
  });
