import type { EdtfOrInstant } from '#events/instants.ts';
import type { Source } from '#events/source.ts';

/** One version of one document as a pile of documents has it, without its text. */
export type VersionHead = {
  /** Of the document inside its pile, with `/` between folders. A renamed document goes on under its new path. */
  readonly path: string;
  /** Names the version in its pile for ever: a commit, a revision, the hash of a file. */
  readonly versionId: string;
  /** Place in the pile's own order, from 1 and rising; several documents may have versions at one place. */
  readonly order: number;
  /** When the public could know: an exact instant where the pile has one, else a date; `unknown` where it has none. */
  readonly announcedAt: EdtfOrInstant;
  /** What the pile calls the change, such as the subject of a commit; one line. */
  readonly title?: string;
  readonly sources: readonly Source[];
  readonly note?: string;
  /** The path that the document had before this version. */
  readonly renamedFrom?: string;
  /** Finds the content; equal keys mean equal content. Absent: the document was withdrawn. */
  readonly content?: string;
};

/** Something in a pile that was left out, and why. */
export type LeftOut = {
  /** What it is about: a path, `*.png` for all that end so, `.` for the pile itself. */
  readonly path: string;
  readonly versionId?: string;
  readonly code:
    | 'NOT_TEXT'
    | 'TOO_LARGE'
    | 'UNREADABLE'
    | 'UNKNOWN_FORMAT'
    | 'NO_DATE'
    | 'OUTSIDE'
    | 'LINK'
    | 'SUBMODULE'
    | 'CUT_OFF';
  /** One sentence for people. */
  readonly message: string;
};

/** A pile of documents with their versions. */
export type VersionSource = AsyncDisposable & {
  /** Where it is, for people, and noted on every event that comes of it; without folders and secrets. */
  readonly name: string;
  /** Everything, in the pile's own order; what can't be taken in stands where it was met. */
  heads(): AsyncIterable<VersionHead | LeftOut>;
  /** The text of a version, to the byte once it is encoded as UTF-8 again; or why it has none. */
  read(head: VersionHead): Promise<string | LeftOut>;
};
