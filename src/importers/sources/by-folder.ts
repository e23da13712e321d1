import { posix } from 'node:path';
import type { LeftOut, VersionHead, VersionSource } from '../documents/version-source.ts';

type Files = Map<string, VersionHead>;

/** What one step of a folder's history is made of: the versions of its documents that hold then, by path. */
type Step = { readonly head: VersionHead; readonly files: readonly VersionHead[] };

const isLeftOut = (found: VersionHead | LeftOut): found is LeftOut => 'code' in found;

const folderOf = (path: string): string => posix.dirname(path);

const filesOf = (path: string, folders: Map<string, Files>): Files => {
  const folder = folderOf(path);
  const files: Files = folders.get(folder) ?? new Map();
  folders.set(folder, files);
  return files;
};

/** Puts a version into its folder; gives the folders that are other now. */
const put = (head: VersionHead, folders: Map<string, Files>): readonly string[] => {
  const { path, renamedFrom = path, content } = head;
  filesOf(renamedFrom, folders).delete(renamedFrom);
  const files = filesOf(path, folders);
  if (content === undefined) files.delete(path);
  else files.set(path, head);
  return [folderOf(renamedFrom), folderOf(path)];
};

/** A pile in which a folder is one document: its documents one behind the other, in the order of their paths. */
class ByFolder implements VersionSource {
  readonly name: string;
  readonly #source: VersionSource;
  readonly #steps = new Map<string, Step>();

  constructor(source: VersionSource) {
    this.name = source.name;
    this.#source = source;
  }

  async *heads(): AsyncGenerator<VersionHead | LeftOut> {
    const folders = new Map<string, Files>();
    let step: VersionHead[] = [];
    for await (const found of this.#source.heads()) {
      if (isLeftOut(found)) {
        yield found;
        continue;
      }
      if (found.order !== step[0]?.order) {
        yield* this.#taken(step, folders);
        step = [];
      }
      step.push(found);
    }
    yield* this.#taken(step, folders);
  }

  async read({ content = '' }: VersionHead): Promise<string | LeftOut> {
    const texts: string[] = [];
    for (const file of this.#steps.get(content)?.files ?? []) {
      const text = await this.#source.read(file);
      if (typeof text !== 'string') return text;
      texts.push(text);
    }
    return texts.join('');
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#source[Symbol.asyncDispose]();
  }

  /** All that one step did, folder by folder. */
  *#taken(step: readonly VersionHead[], folders: Map<string, Files>): Generator<VersionHead> {
    const touched = new Map<string, VersionHead>();
    for (const head of step) {
      for (const folder of put(head, folders)) touched.set(folder, head);
    }
    for (const [folder, head] of touched) yield this.#stepOf(folder, head, folders.get(folder));
  }

  #stepOf(folder: string, head: VersionHead, files: Files = new Map()): VersionHead {
    const { renamedFrom: _, content: __, ...rest } = head;
    const path = folder === '.' ? this.name : folder;
    if (files.size === 0) return { ...rest, path };
    const content = `${head.order} ${folder}`;
    const inOrder = [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const whole = { ...rest, path, content };
    this.#steps.set(content, { head: whole, files: inOrder });
    return whole;
  }
}

/** The same pile, with each folder as one document. */
export const byFolder = (source: VersionSource): VersionSource => new ByFolder(source);
