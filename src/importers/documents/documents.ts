import { freeId, idOfPath } from './names.ts';
import type { VersionHead } from './version-source.ts';

/** One document of a pile: all its versions in the pile's own order, whatever it was called. */
export type Document = {
  readonly agreementId: string;
  /** The path that it has now, or had last. */
  readonly path: string;
  readonly versions: readonly VersionHead[];
};

type Growing = { agreementId: string; path: string; versions: VersionHead[] };

/** Puts the versions of a pile, one by one in its own order, to the documents that they are of. */
export class Documents {
  readonly #prefix: string;
  readonly #all: Growing[] = [];
  readonly #byPath = new Map<string, Growing>();
  readonly #taken = new Set<string>();

  /** @param prefix stands before the id of every agreement, so that two piles do not meet; may be empty */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  add(head: VersionHead): void {
    const { path, renamedFrom } = head;
    const renamed = renamedFrom === undefined ? undefined : this.#byPath.get(renamedFrom);
    const document = renamed ?? this.#byPath.get(path) ?? this.#begin(path);
    if (renamed !== undefined && renamedFrom !== undefined) this.#byPath.delete(renamedFrom);
    this.#byPath.set(path, document);
    document.path = path;
    document.versions.push(head);
  }

  /** In the order in which they first appeared. */
  get all(): readonly Document[] {
    return this.#all;
  }

  #begin(path: string): Growing {
    const id = idOfPath(path);
    const agreementId = freeId(this.#prefix === '' ? id : `${this.#prefix}.${id}`, this.#taken);
    this.#taken.add(agreementId);
    const document = { agreementId, path, versions: [] };
    this.#all.push(document);
    return document;
  }
}
