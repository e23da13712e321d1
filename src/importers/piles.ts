import type { VersionSource } from './documents/version-source.ts';
import { byFolder } from './sources/by-folder.ts';
import { documentFolder } from './sources/document-folder.ts';
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
