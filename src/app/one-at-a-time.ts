import { StoreUnavailable } from '#store/errors.ts';

/** Tasks that may wait under one name; a caller beyond that is sent away rather than kept for ever. */
const MOST_WAITING = 1_000;

/**
 * Runs the tasks of one name one after the other, in the order they came; tasks of different names run side by
 * side. A task that fails does not stop the next.
 */
export class OneAtATime {
  readonly #tails = new Map<string, { waiting: number; last: Promise<unknown> }>();

  /** @throws StoreUnavailable (OVERLOADED) when too many tasks of this name wait already. */
  async run<T>(name: string, task: () => Promise<T>): Promise<T> {
    const tail = this.#tails.get(name) ?? { waiting: 0, last: Promise.resolve() };
    if (tail.waiting >= MOST_WAITING) {
      throw new StoreUnavailable('OVERLOADED', `Too many commands wait for ${name}; retry later.`);
    }
    tail.waiting += 1;
    this.#tails.set(name, tail);
    const mine = tail.last.then(task, task);
    tail.last = mine;
    try {
      return await mine;
    } finally {
      tail.waiting -= 1;
      if (tail.waiting === 0) this.#tails.delete(name);
    }
  }
}
