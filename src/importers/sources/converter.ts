import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Converted } from './conversion.ts';
import type { Answer, Wanted } from './conversion-worker.ts';
import type { NoText } from './exact-text.ts';
import { onMemoryAbove } from './memory-watch.ts';

/** A file that is larger is not converted. */
export const MOST_CONVERTED = 50_000_000;

/** What one file may cost. `mb`: of memory, three quarters of which the heap may take. */
export type Limits = { readonly ms: number; readonly mb: number };

/** The share of memory after which V8 itself ends a thread. What is unpacked lies beside the heap, where V8 does not look. */
const HEAP = 3 / 4;

/** The share that may be left of one file when the next one comes; with more a new thread begins, which has all of it. */
const MOST_LEFT = 1 / 4;

const LIMITS: Limits = { ms: 60_000, mb: 512 };

const tooMuch = ({ ms, mb }: Limits): NoText => ({
  code: 'UNREADABLE',
  message: `Its text could not be had within ${ms / 1_000} s and ${mb} MB of memory.`,
});

/** The program text has another ending once it is compiled. */
const PROGRAM = new URL(`./conversion-worker${extname(import.meta.url)}`, import.meta.url);

/**
 * Has files converted in a thread with bounded time and memory, one after another. What a file does to it, be it never
 * ending or taking all memory, harms that file only, and the memory is given back. The thread begins with the first file.
 */
export class Converter implements AsyncDisposable {
  #worker: Worker | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #limits: Limits;

  constructor(limits: Limits = LIMITS) {
    this.#limits = limits;
  }

  /** The text of a file, or why it has none. @see converted */
  convert(file: Buffer, format: Converted): Promise<string | NoText> {
    const answer = this.#turn.then(() => this.#convert(file, format));
    this.#turn = answer;
    return answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#turn;
    await this.#worker?.terminate();
  }

  async #convert(file: Buffer, format: Converted): Promise<string | NoText> {
    this.#worker ??= new Worker(PROGRAM, {
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.mb * HEAP },
      stdout: true,
      stderr: true,
    });
    const wanted = { file: new Uint8Array(file), format };
    const answer = await answered(this.#worker, wanted, this.#limits);
    if (answer === undefined || answer.held > this.#limits.mb * MOST_LEFT) {
      await this.#worker.terminate();
      this.#worker = undefined;
    }
    return answer?.text ?? tooMuch(this.#limits);
  }
}

/** The worker's answer; undefined when it came to its end or gave none in time. */
const answered = async (
  worker: Worker,
  wanted: Wanted,
  { ms, mb }: Limits,
): Promise<Answer | undefined> => {
  const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
  const give = (answer: Answer): void => resolve(answer);
  const giveUp = (): void => resolve(undefined);
  const timer = setTimeout(giveUp, ms);
  using _ = onMemoryAbove(mb, worker, giveUp);
  worker.on('message', give).on('error', giveUp).on('exit', giveUp);
  // A copy of its own, so that it can be handed over.
  worker.postMessage(wanted, [wanted.file.buffer as ArrayBuffer]);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.off('message', give).off('error', giveUp).off('exit', giveUp);
  }
};
