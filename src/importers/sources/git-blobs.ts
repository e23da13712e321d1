import { type RunningGit, startGit } from './git-program.ts';

/** What git answers for one object: its bytes, or why there are none. */
export type Blob =
  | { readonly bytes: Buffer }
  | { readonly tooLarge: number }
  | { readonly missing: string };

type Asked = {
  readonly object: string;
  readonly most: number;
  readonly answer: (blob: Blob) => void;
  readonly fail: (error: unknown) => void;
};

const NEW_LINE = 0x0a;

/**
 * One `git cat-file --batch`, kept running. Any number of objects may be asked for at once; they are answered in that
 * order. Where git dies of an object, that one is missing and a new git is asked for the rest.
 */
export class GitBlobs implements AsyncDisposable {
  readonly #path: string;
  readonly #asked: Asked[] = [];
  #git: RunningGit | undefined;
  /** The line before an object, as far as it has come; undefined while an object is coming. */
  #header = '';
  #size: number | undefined;
  #left = 0;
  #chunks: Buffer[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  /** Reads an object of at most so many bytes; a larger one is passed over without being held in memory. */
  read(object: string, most: number): Promise<Blob> {
    const { promise, resolve, reject } = Promise.withResolvers<Blob>();
    this.#asked.push({ object, most, answer: resolve, fail: reject });
    this.#git ??= this.#start();
    this.#ask(this.#git, object);
    return promise;
  }

  /** What is asked at once is written at once. */
  #ask({ process: { stdin } }: RunningGit, object: string): void {
    if (stdin.writableCorked === 0) {
      stdin.cork();
      setImmediate(() => stdin.uncork());
    }
    stdin.write(`${object}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const git = this.#git;
    this.#git = undefined;
    for (const { answer } of this.#asked.splice(0))
      answer({ missing: 'It was not read any more.' });
    git?.process.kill();
    await git?.over.catch(() => undefined);
  }

  #start(): RunningGit {
    const git = startGit(this.#path, ['cat-file', '--batch']);
    git.process.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    git.over.then(
      () => this.#ended(git),
      (error: unknown) => this.#failAll(error),
    );
    return git;
  }

  #take(chunk: Buffer): void {
    let from = 0;
    while (from < chunk.length) {
      from =
        this.#size === undefined ? this.#takeHeader(chunk, from) : this.#takeBytes(chunk, from);
    }
  }

  #takeHeader(chunk: Buffer, from: number): number {
    const end = chunk.indexOf(NEW_LINE, from);
    if (end < 0) {
      this.#header += chunk.toString('latin1', from);
      return chunk.length;
    }
    const [, , size] = (this.#header + chunk.toString('latin1', from, end)).split(' ');
    this.#header = '';
    if (size === undefined) {
      this.#answer({ missing: 'git does not have its content.' });
    } else {
      this.#size = Number(size);
      this.#left = this.#size + 1;
    }
    return end + 1;
  }

  #takeBytes(chunk: Buffer, from: number): number {
    const end = Math.min(chunk.length, from + this.#left);
    this.#left -= end - from;
    const tooLarge = (this.#size ?? 0) > (this.#asked[0]?.most ?? 0);
    if (!tooLarge) this.#chunks.push(chunk.subarray(from, end));
    if (this.#left === 0) this.#finish(tooLarge);
    return end;
  }

  #finish(tooLarge: boolean): void {
    const size = this.#size ?? 0;
    const blob = tooLarge
      ? { tooLarge: size }
      : { bytes: Buffer.concat(this.#chunks, size + 1).subarray(0, size) };
    this.#size = undefined;
    this.#chunks = [];
    this.#answer(blob);
  }

  #answer(blob: Blob): void {
    this.#asked.shift()?.answer(blob);
  }

  #ended(git: RunningGit): void {
    this.#header = '';
    this.#size = undefined;
    this.#chunks = [];
    this.#git = undefined;
    this.#answer({ missing: `git could not read its content: ${git.complaint()}` });
    if (this.#asked.length === 0) return;
    this.#git = this.#start();
    this.#git.process.stdin.write(this.#asked.map(({ object }) => `${object}\n`).join(''));
  }

  #failAll(error: unknown): void {
    this.#git = undefined;
    for (const { fail } of this.#asked.splice(0)) fail(error);
  }
}
