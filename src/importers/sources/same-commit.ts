import type { VersionHead } from '../documents/version-source.ts';

/** A version and the blob it has; empty for a withdrawal. */
export type WithBlob = { readonly head: VersionHead; readonly blob: string };

/**
 * Finds in each commit the documents that were withdrawn under one path and came with the same content under
 * another: they were renamed.
 */
export class SameCommit {
  /** The blob that each path has now. */
  readonly #blobs = new Map<string, string>();

  /** The versions of one commit, renames put together; in the order given. */
  joined(versions: readonly WithBlob[]): readonly VersionHead[] {
    const gone = this.#gone(versions);
    const joined = versions.map(({ head, blob }) => {
      const from = this.#blobs.has(head.path) ? undefined : gone.get(blob)?.shift();
      return from === undefined ? head : { ...head, renamedFrom: from };
    });
    for (const { head, blob } of versions) {
      if (head.content === undefined) this.#blobs.delete(head.path);
      else this.#blobs.set(head.path, blob);
    }
    const renamed = new Set(joined.flatMap(({ renamedFrom }) => renamedFrom ?? []));
    return joined.filter(({ content, path }) => content !== undefined || !renamed.has(path));
  }

  /** The paths withdrawn in a commit by the blob that each had. */
  #gone(versions: readonly WithBlob[]): Map<string, string[]> {
    const gone = new Map<string, string[]>();
    for (const { head } of versions) {
      const blob = this.#blobs.get(head.path);
      if (head.content !== undefined || blob === undefined) continue;
      const paths = gone.get(blob) ?? [];
      paths.push(head.path);
      gone.set(blob, paths);
    }
    return gone;
  }
}
