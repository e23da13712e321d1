import type { VersionSource } from './documents/version-source.ts';
import { byFolder } from './sources/by-folder.ts';
import { documentFolder } from './sources/document-folder.ts';
import { tipOf } from './sources/git-history.ts';
import { gitRepository } from './sources/git-repository.ts';
import { otaRepository } from './sources/ota-repository.ts';
import { versionsFile } from './sources/versions-file.ts';

/** What a pile may be told besides where it lies; what it has no use for is passed over. */
export type PileOptions = {
  readonly ref?: string;
  readonly paths?: readonly string[];
  readonly dates?: string;
  readonly agreementPer?: 'file' | 'folder';
};

/** The kinds of piles that can be imported. */
export const PILES = {
  git: gitRepository,
  ota: otaRepository,
  folder: documentFolder,
  versions: (path: string) => versionsFile(path),
} as const;
export type PileKind = keyof typeof PILES;

/** Text that stays as long as nothing is new in a pile; undefined where only looking through it can tell. */
export const stampOf = async (
  kind: PileKind,
  path: string,
  { ref }: PileOptions,
): Promise<string | undefined> =>
  kind === 'git' || kind === 'ota' ? await tipOf(path, ref) : undefined;

/** Opens a pile. @throws {SourceUnavailable} where there is none */
export const pileAt = async (
  kind: PileKind,
  path: string,
  options: PileOptions,
): Promise<VersionSource> => {
  const open: (path: string, options: PileOptions) => Promise<VersionSource> = PILES[kind];
  const pile = await open(path, options);
  return options.agreementPer === 'folder' ? byFolder(pile) : pile;
};
