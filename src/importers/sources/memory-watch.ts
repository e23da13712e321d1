import type { HeapInfo } from 'node:v8';
import type { Worker } from 'node:worker_threads';

/** Between two looks, ms: what a thread can unpack meanwhile is little beside what it may have. */
const EVERY = 50;
const MIB = 1024 * 1024;

/** The MB that a thread holds, in its heap and in buffers beside it. */
export const megabytesOf = ({ used_heap_size, external_memory }: HeapInfo): number =>
  (used_heap_size + external_memory) / MIB;

/** None while it does not run. */
const heldBy = async (worker: Worker): Promise<number> => {
  try {
    // Answered in the midst of its work, unlike a message.
    return megabytesOf(await worker.getHeapStatistics());
  } catch {
    return 0;
  }
};

/** Looks at the memory of a thread until it is disposed of, and tells when there is more than so many MB. */
export const onMemoryAbove = (mb: number, worker: Worker, tell: () => void): Disposable => {
  let timer: NodeJS.Timeout;
  let isOver = false;
  const look = async (): Promise<void> => {
    if ((await heldBy(worker)) > mb) tell();
    if (!isOver) timer = setTimeout(look, EVERY);
  };
  timer = setTimeout(look, EVERY);
  return {
    [Symbol.dispose]: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
};
