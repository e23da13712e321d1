import type { VersionSource } from './documents/version-source.ts';
import { byFolder } from './sources/by-folder.ts';

/** What a pile may be told besides where it lies; what it has no use for is passed over. */
export type PileOptions = {
  readonly ref?: string;
  readonly paths?: readonly string[];
  readonly dates?: string;
  readonly agreementPer?: 'file' | 'folder';
};

type Open = (path: string, options: PileOptions) => Promise<VersionSource>;

/** The kinds of piles that can be imported; what reads one is loaded when it is opened. */
export const PILES = {
  git: async (path, options) =>
    (await import('./sources/git-repository.ts')).gitRepository(path, options),
  ota: async (path, options) =>
    (await import('./sources/ota-repository.ts')).otaRepository(path, options),
  folder: async (path, options) =>
    (await import('./sources/document-folder.ts')).documentFolder(path, options),
  versions: async (path) => (await import('./sources/versions-file.ts')).versionsFile(path),
} as const satisfies { readonly [kind: string]: Open };
export type PileKind = keyof typeof PILES;

/** Text that stays as long as nothing is new in a pile; undefined where only looking through it can tell. */
export const stampOf = async (
  kind: PileKind,
  path: string,
  { ref }: PileOptions,
): Promise<string | undefined> =>
  kind === 'git' || kind === 'ota'
    ? await (await import('./sources/git-history.ts')).tipOf(path, ref)
    : undefined;

/** Opens a pile. @throws {SourceUnavailable} where there is none */
export const pileAt = async (
  kind: PileKind,
  path: string,
  options: PileOptions,
): Promise<VersionSource> => {
  const open: Open = PILES[kind];
  const pile = await open(path, options);
  return options.agreementPer === 'folder' ? byFolder(pile) : pile;
};
