import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { LeftOut, VersionHead, VersionSource } from '../documents/version-source.ts';
import type { NoText } from './exact-text.ts';
import { type PlacedLine, placedLines } from './placed-lines.ts';
import { SameCommit, type WithBlob } from './same-commit.ts';
import { SourceUnavailable } from './source-unavailable.ts';
import { headOf, MOST_LINE, textOf, type VersionLine, versionLine } from './version-line.ts';

/** Where the text of a version lies: its blob, and the place of its line in bytes. */
const keyOf = (blob: string, { offset, length }: PlacedLine): string =>
  `${blob}@${offset}+${length}`;

const placeIn = (key: string): { readonly offset: number; readonly length: number } => {
  const [, offset, length] = /@(\d+)\+(\d+)$/.exec(key) ?? [];
  return { offset: Number(offset), length: Number(length) };
};

class VersionsFile implements VersionSource {
  readonly name: string;
  readonly #path: string;
  readonly #file: FileHandle;

  constructor(path: string, file: FileHandle) {
    this.name = basename(path);
    this.#path = path;
    this.#file = file;
  }

  async *heads(): AsyncGenerator<VersionHead | LeftOut> {
    const renames = new SameCommit();
    let commit: WithBlob[] = [];
    let order = 0;
    for await (const placed of placedLines(createReadStream(this.#path), MOST_LINE)) {
      const line = versionLine(placed);
      if (line === undefined) continue;
      if ('code' in line) {
        yield line;
        continue;
      }
      if (line.commit !== commit[0]?.head.versionId) {
        yield* renames.joined(commit);
        commit = [];
        order += 1;
      }
      const key = keyOf(line.blobSha, placed);
      commit.push({ head: headOf(line, { order, key }), blob: line.blobSha });
    }
    yield* renames.joined(commit);
  }

  async read({ path, versionId, content }: VersionHead): Promise<string | LeftOut> {
    const left = ({ code, message }: NoText): LeftOut => ({ path, versionId, code, message });
    const line = content === undefined ? undefined : await this.#line(content);
    if (line === undefined || line.commit !== versionId || line.path !== path)
      return left({ code: 'UNREADABLE', message: 'The file no longer has it where it was.' });
    const text = textOf(line);
    return typeof text === 'string' ? text : left(text);
  }

  async #line(key: string): Promise<VersionLine | undefined> {
    const { offset, length } = placeIn(key);
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length, offset);
    const line = versionLine({ number: 0, offset, length, bytes: bytes.subarray(0, bytesRead) });
    return line === undefined || 'code' in line ? undefined : line;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

/**
 * A file of versions, one JSON object a line, oldest first:
 * `{ path, status: A|M|D, commit, committerEpoch, subject, trailers, blobSha, text }`. A version is announced when it
 * was committed; lines of one commit stand together. A line that says something else is left out by its number.
 * @throws {SourceUnavailable} where the file can't be opened
 */
export const versionsFile = async (path: string): Promise<VersionSource> => {
  try {
    return new VersionsFile(path, await open(path));
  } catch (error) {
    throw new SourceUnavailable(`The file ${path} can not be opened.`, { cause: error });
  }
};
