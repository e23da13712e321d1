import { type Document, Documents } from './documents.ts';
import { type DocumentReport, type ImportOptions, importDocument } from './import-document.ts';
import type { LeftOut, VersionSource } from './version-source.ts';

/** Everything in a pile, before a text is read. */
export type Pile = {
  readonly documents: readonly Document[];
  readonly versions: number;
  readonly leftOut: readonly LeftOut[];
};

/** What became of a pile. */
export type PileReport = {
  readonly documents: readonly DocumentReport[];
  readonly leftOut: readonly LeftOut[];
  /** It was interrupted; the same command goes on. */
  readonly interrupted: boolean;
};

const isLeftOut = (found: object): found is LeftOut => 'code' in found;

/** Looks through a pile. @param prefix see {@link Documents} */
export const lookThrough = async (
  source: Pick<VersionSource, 'heads'>,
  prefix: string,
): Promise<Pile> => {
  const documents = new Documents(prefix);
  const leftOut: LeftOut[] = [];
  let versions = 0;
  for await (const found of source.heads()) {
    if (isLeftOut(found)) leftOut.push(found);
    else {
      documents.add(found);
      versions++;
    }
  }
  return { documents: documents.all, versions, leftOut };
};

/**
 * Imports a pile document by document; a document is an agreement.
 * @param isDone documents that nothing needs to be looked at of
 */
export const importPile = async (
  pile: Pile,
  options: ImportOptions,
  isDone: (document: Document) => boolean = () => false,
): Promise<PileReport> => {
  const documents: DocumentReport[] = [];
  for (const document of pile.documents) {
    if (options.signal.aborted) break;
    if (isDone(document)) continue;
    documents.push(await importDocument(document, options));
  }
  const leftOut = [...pile.leftOut, ...documents.flatMap((one) => one.leftOut)];
  return { documents, leftOut, interrupted: options.signal.aborted };
};
