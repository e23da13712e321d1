/** The clients of the servers wait for ever where a server is frozen; nothing of ours may. */
import { StoreUnavailable } from './errors.ts';

/** The answer, or `StoreUnavailable` (UNREACHABLE) after so many ms. What was asked may still be done then. */
export const bounded = async <T>(answer: PromiseLike<T>, ms: number): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new StoreUnavailable('UNREACHABLE', `The server has not answered for ${ms / 1_000} s.`));
  }, ms);
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
};
