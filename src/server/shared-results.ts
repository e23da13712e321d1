import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
} from 'graphql';
import { forNextAnswer, type GraphContext } from '#graphql/context.ts';
import { resultKey } from './result-key.ts';

/** Different results of one item that are kept; who asks for yet another works it out for itself. */
const KEPT = 32;

type Results = Map<string, Promise<ExecutionResult>>;

/**
 * Runs subscriptions. What two subscribers ask for in the same words is worked out once for each item that they both
 * get: a feed hands the same object to all.
 */
export class SharedResults {
  readonly #byItem = new WeakMap<object, Results>();
  readonly #mask: (error: unknown) => GraphQLError;

  /** @param mask gives what the asker may see of an error */
  constructor(mask: (error: unknown) => GraphQLError) {
    this.#mask = mask;
  }

  /** The answers to a subscription, item by item, until they are returned; or why there are none. */
  async subscribe(
    args: ExecutionArgs,
  ): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return this.#masked(source);
    const items = source[Symbol.asyncIterator]();
    const key = resultKey(args);
    let broken = false;
    // A source that breaks off says why in a last answer, instead of throwing at whoever writes answers out.
    const next = async (): Promise<IteratorResult<ExecutionResult>> => {
      if (broken) return { done: true, value: undefined };
      try {
        const item = await items.next();
        if (item.done === true) return item;
        return { done: false, value: await this.#result(item.value, args, key) };
      } catch (trouble) {
        broken = true;
        return { done: false, value: { errors: [this.#mask(trouble)] } };
      }
    };
    const leave = async (): Promise<IteratorResult<ExecutionResult>> => {
      broken = true;
      await items.return?.();
      return { done: true, value: undefined };
    };
    // graphql-ws ends what it iterates by `return` of the whole, and lets go on what has none.
    const results: AsyncIterableIterator<ExecutionResult> = {
      next,
      return: leave,
      [Symbol.asyncIterator]: () => results,
    };
    return results;
  }

  #result(item: unknown, args: ExecutionArgs, key: string): Promise<ExecutionResult> {
    // Ours, as the engine made it.
    const contextValue = forNextAnswer(args.contextValue as GraphContext);
    const run = async () => this.#masked(await execute({ ...args, contextValue, rootValue: item }));
    if (typeof item !== 'object' || item === null) return run();
    const results = this.#byItem.get(item) ?? new Map();
    this.#byItem.set(item, results);
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = run();
    if (results.size < KEPT) results.set(key, result);
    return result;
  }

  #masked(result: ExecutionResult): ExecutionResult {
    const { errors } = result;
    return errors === undefined ? result : { ...result, errors: errors.map(this.#mask) };
  }
}
