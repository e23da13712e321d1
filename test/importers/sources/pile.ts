import type {
  LeftOut,
  VersionHead,
  VersionSource,
} from '../../../src/importers/documents/version-source.ts';

export type Pile = {
  readonly versions: readonly VersionHead[];
  readonly leftOut: readonly LeftOut[];
};

/** Everything a source has, versions and what was left out apart. */
export const pileOf = async (source: VersionSource): Promise<Pile> => {
  const versions: VersionHead[] = [];
  const leftOut: LeftOut[] = [];
  for await (const met of source.heads()) {
    if ('code' in met) leftOut.push(met);
    else versions.push(met);
  }
  return { versions, leftOut };
};

/** The code and path of each, for a short comparison. */
export const codes = (leftOut: readonly LeftOut[]): readonly string[] =>
  leftOut.map(({ code, path }) => `${code} ${path}`);

/** The texts of all versions in their order; the code in brackets where there is none. */
export const textsOf = async (
  source: VersionSource,
  versions: readonly VersionHead[],
): Promise<readonly string[]> =>
  Promise.all(
    versions.map(async (head) => {
      if (head.content === undefined) return '(withdrawn)';
      const text = await source.read(head);
      return typeof text === 'string' ? text : `(${text.code})`;
    }),
  );
