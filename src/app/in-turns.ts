import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long is worked before others have their turn, ms. */
const TURN_MS = 15;

/** Goes on with a question until it is answered or the time is over; whether it is answered. */
type GoOn = (until: number) => boolean;

/** Long questions, worked on side by side: a little while one of them, then all others have their turn, then the next. */
export class InTurns {
  readonly #open: GoOn[] = [];
  #isWorking = false;

  /**
   * What the work comes to.
   *
   * @param work pauses often enough that others can wait for its next pause
   */
  answer<T>(work: Generator<unknown, T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#open.push((until) => {
        try {
          do {
            const { done, value } = work.next();
            if (done !== true) continue;
            resolve(value);
            return true;
          } while (performance.now() < until);
          return false;
        } catch (trouble) {
          reject(trouble);
          return true;
        }
      });
      if (!this.#isWorking) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let next = this.#open.shift(); next !== undefined; next = this.#open.shift()) {
      if (!next(performance.now() + TURN_MS)) this.#open.push(next);
      await nextTurn();
    }
    this.#isWorking = false;
  }
}
