import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { LeftOut, VersionHead, VersionSource } from '../documents/version-source.ts';
import type { Chosen } from './chosen-paths.ts';
import { Converter, MOST_CONVERTED } from './converter.ts';
import { exactText, MOST_BYTES, type NoText, tooManyBytes } from './exact-text.ts';
import { GitBlobs } from './git-blobs.ts';
import { gitHistory, tipOf } from './git-history.ts';
import type { LoggedCommit, Touched } from './git-log.ts';
import { askGit } from './git-program.ts';
import { asked, notTaken, type Told, versionIn } from './git-versions.ts';
import { OtherFiles } from './other-files.ts';
import { SourceUnavailable } from './source-unavailable.ts';

/** What a kind of git repository makes of its commits. */
export type Reading = {
  readonly ref?: string;
  readonly chosen: Chosen;
  /** Why the other files are no documents; they are not mentioned without it. */
  readonly others?: string;
  readonly tell: (commit: LoggedCommit, path: string) => Told;
};

const isNewFile = ({ modes }: Touched): boolean =>
  modes[0] === '000000' && modes[1].startsWith('100');

const nameOf = (path: string): string =>
  basename(basename(path) === '.git' ? dirname(path) : path).replace(/\.git$/, '') || 'repository';

/** The versions of documents in the first-parent history of a git repository. */
export class GitPile implements VersionSource {
  readonly name: string;
  readonly #path: string;
  readonly #reading: Reading;
  readonly #blobs: GitBlobs;
  readonly #converter = new Converter();

  private constructor(path: string, reading: Reading) {
    this.name = nameOf(path);
    this.#path = path;
    this.#reading = reading;
    this.#blobs = new GitBlobs(path);
  }

  /** @throws {SourceUnavailable} where there is no repository or no git */
  static async open(path: string, reading: Reading): Promise<GitPile> {
    const real = await realpath(path).catch((error: unknown) => {
      throw new SourceUnavailable(`There is nothing to be read at ${path}.`, { cause: error });
    });
    const { answer, complaint } = await askGit(real, ['rev-parse', '--git-dir']);
    if (answer === undefined)
      throw new SourceUnavailable(
        `${path} is not the top folder of a git repository (${complaint}); name that, and --paths for a part of it.`,
      );
    return new GitPile(real, reading);
  }

  async *heads(): AsyncGenerator<VersionHead | LeftOut> {
    const tip = await tipOf(this.#path, this.#reading.ref);
    if (tip === undefined) return;
    const { others } = this.#reading;
    const strange = others === undefined ? undefined : new OtherFiles(others);
    let order = 0;
    for await (const met of gitHistory(this.#path, tip)) {
      if ('code' in met) yield met;
      else yield* this.#versions(met, { order: ++order, strange });
    }
    if (strange !== undefined) yield* strange.told();
  }

  *#versions(
    commit: LoggedCommit,
    { order, strange }: { readonly order: number; readonly strange: OtherFiles | undefined },
  ): Generator<VersionHead | LeftOut> {
    const { chosen, tell } = this.#reading;
    for (const touched of commit.touched) {
      const left = notTaken(touched, commit, chosen);
      if (left !== undefined) yield left;
      const version = versionIn(touched, commit, { order, chosen, tell });
      if (version !== undefined) yield version;
      if (isNewFile(touched) && !chosen(touched.paths[1])) strange?.add(touched.paths[1]);
    }
  }

  async read({ path, versionId, content }: VersionHead): Promise<string | LeftOut> {
    const left = ({ code, message }: NoText): LeftOut => ({ path, versionId, code, message });
    if (content === undefined)
      return left({ code: 'UNREADABLE', message: 'The document was withdrawn.' });
    const { blob, format } = asked(content);
    const most = format === 'TEXT' ? MOST_BYTES : MOST_CONVERTED;
    const found = await this.#blobs.read(blob, most);
    if ('missing' in found) return left({ code: 'UNREADABLE', message: found.missing });
    if ('tooLarge' in found) return left(tooManyBytes(found.tooLarge, most));
    const { bytes } = found;
    const text =
      format === 'TEXT' ? exactText(bytes) : await this.#converter.convert(bytes, format);
    return typeof text === 'string' ? text : left(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#blobs[Symbol.asyncDispose]();
    await this.#converter[Symbol.asyncDispose]();
  }
}
