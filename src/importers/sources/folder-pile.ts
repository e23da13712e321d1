import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { LeftOut, VersionHead, VersionSource } from '../documents/version-source.ts';
import { Converter, MOST_CONVERTED } from './converter.ts';
import { dayOf } from './dated.ts';
import { formatOf } from './document-formats.ts';
import { decodedText, MOST_BYTES, type NoText, tooManyBytes } from './exact-text.ts';
import { fileHash } from './file-hash.ts';
import { type FoundFile, folderFiles } from './folder-files.ts';
import { documentsOf, type FileVersion, type FolderDocument } from './folder-versions.ts';
import { oneLine } from './one-line.ts';
import { OtherFiles } from './other-files.ts';

/** Gives the files of a folder of that name their dates and documents, and tells what it could not. */
export type Dating = (
  files: readonly FoundFile[],
  root: string,
) => Promise<{
  readonly versions: readonly FileVersion[];
  readonly leftOut: readonly LeftOut[];
}>;

const mostBytes = (path: string): number =>
  formatOf(path) === 'TEXT' ? MOST_BYTES : MOST_CONVERTED;

const keyOf = (hash: string, path: string): string => `${hash}/${path}`;
const placeIn = (key: string): readonly [hash: string, path: string] => {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
};

/** The versions of documents that lie in a folder as files. */
export class FolderPile implements VersionSource {
  readonly name: string;
  readonly #root: string;
  readonly #dating: Dating;
  /** Files that are no documents and need no mention, such as the manifest. */
  readonly #apart: ReadonlySet<string>;
  readonly #converter = new Converter();

  constructor(root: string, { dating, apart }: { dating: Dating; apart: ReadonlySet<string> }) {
    this.name = basename(root) || 'folder';
    this.#root = root;
    this.#dating = dating;
    this.#apart = apart;
  }

  async *heads(): AsyncGenerator<VersionHead | LeftOut> {
    const files: FoundFile[] = [];
    for await (const met of this.#found()) {
      if ('code' in met) yield met;
      else files.push(met);
    }
    const { versions, leftOut } = await this.#dating(files, this.name);
    yield* leftOut;
    yield* this.#inPlaces(documentsOf(versions));
  }

  /** The documents among the files, and what can't be one. */
  async *#found(): AsyncGenerator<FoundFile | LeftOut> {
    const others = new OtherFiles('their format is none that documents have.');
    for await (const met of folderFiles(this.#root)) {
      if ('code' in met) yield met;
      else if (this.#apart.has(met.path)) continue;
      else if (formatOf(met.path) === undefined) others.add(met.path);
      else if (met.bytes <= mostBytes(met.path)) yield met;
      else yield { path: met.path, ...tooManyBytes(met.bytes, mostBytes(met.path)) };
    }
    yield* others.told();
  }

  /** The first version of each document, then the second of each, and so on. */
  async *#inPlaces(documents: readonly FolderDocument[]): AsyncGenerator<VersionHead | LeftOut> {
    const seen = new Map<string, number>();
    const longest = documents.reduce((most, { versions }) => Math.max(most, versions.length), 0);
    for (let place = 0; place < longest; place += 1) {
      for (const { path, versions } of documents) {
        const version = versions[place];
        if (version !== undefined) yield this.#head(version, { path, order: place + 1, seen });
      }
    }
  }

  async #head(
    { file, announcedAt, title }: FileVersion,
    {
      path,
      order,
      seen,
    }: { readonly path: string; readonly order: number; readonly seen: Map<string, number> },
  ): Promise<VersionHead | LeftOut> {
    const hash = await fileHash(join(this.#root, file.path)).catch(() => undefined);
    if (hash === undefined)
      return { path: file.path, code: 'UNREADABLE', message: 'It can not be opened.' };
    const again = (seen.get(`${path}\0${hash}`) ?? 0) + 1;
    seen.set(`${path}\0${hash}`, again);
    const published = dayOf(announcedAt);
    return {
      path,
      versionId: again === 1 ? hash : `${hash}-${again}`,
      order,
      announcedAt,
      title,
      sources: [
        {
          title: oneLine(file.path) ?? hash,
          ...(published && { published }),
          grade: 'DOCUMENT_TEXT',
          sha256: hash,
        },
      ],
      content: keyOf(hash, file.path),
    };
  }

  async read({ path, versionId, content = '/' }: VersionHead): Promise<string | LeftOut> {
    const [hash, file] = placeIn(content);
    const left = ({ code, message }: NoText): LeftOut => ({
      path: file || path,
      versionId,
      code,
      message,
    });
    const bytes = await readFile(join(this.#root, file)).catch(() => undefined);
    if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== hash)
      return left({
        code: 'UNREADABLE',
        message: 'It is no longer what it was when it was found.',
      });
    const format = formatOf(file) ?? 'TEXT';
    const text =
      format === 'TEXT' ? decodedText(bytes) : await this.#converter.convert(bytes, format);
    return typeof text === 'string' ? text : left(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#converter[Symbol.asyncDispose]();
  }
}
