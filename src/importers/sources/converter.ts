import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Converted } from './conversion.ts';
import type { Wanted } from './conversion-worker.ts';
import type { NoText } from './exact-text.ts';

/** A file that is larger is not converted. */
export const MOST_CONVERTED = 50_000_000;

/** What one file may cost. */
export type Limits = { readonly ms: number; readonly heapMb: number };

const LIMITS: Limits = { ms: 60_000, heapMb: 384 };

const tooMuch = ({ ms, heapMb }: Limits): NoText => ({
  code: 'UNREADABLE',
  message: `Its text could not be had within ${ms / 1_000} s and ${heapMb} MB of memory.`,
});

/** The program text has another ending once it is compiled. */
const PROGRAM = new URL(`./conversion-worker${extname(import.meta.url)}`, import.meta.url);

/**
 * Has files converted in a thread with bounded time and memory, one after another. What a file does to it, be it never
 * ending or taking all memory, harms that file only. The thread begins with the first file.
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
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.heapMb },
      stdout: true,
      stderr: true,
    });
    const wanted = { file: new Uint8Array(file), format };
    const answer = await answered(this.#worker, wanted, this.#limits.ms);
    if (answer !== undefined) return answer;
    await this.#worker.terminate();
    this.#worker = undefined;
    return tooMuch(this.#limits);
  }
}

/** The worker's answer; undefined when it came to its end or gave none in time. */
const answered = async (
  worker: Worker,
  wanted: Wanted,
  ms: number,
): Promise<string | NoText | undefined> => {
  const { promise, resolve } = Promise.withResolvers<string | NoText | undefined>();
  const give = (answer: string | NoText): void => resolve(answer);
  const giveUp = (): void => resolve(undefined);
  const timer = setTimeout(giveUp, ms);
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
