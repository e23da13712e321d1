import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import { operationType } from './documents.ts';
import type { RequestParams } from './request-params.ts';
import type { Engine, Graphql, Serving } from './yoga.ts';

/** What takes longer should not keep others waiting, ms. */
const SLOW_MS = 5;

/** One answer, or answers as they come. */
export type Outcome = ExecutionResult | AsyncIterable<ExecutionResult>;

/** A document that was read and found to fit the schema, ready to run. */
export type Operation = {
  readonly type: 'query' | 'mutation' | 'subscription' | undefined;
  /** What a protocol server asks about an operation before it runs it. */
  readonly args: Pick<ExecutionArgs, 'schema' | 'document' | 'operationName'>;
  /** Whether its last answer was long in the making. */
  readonly isSlow: boolean;
  run(): Promise<Outcome>;
};

/** The document does not fit the schema. */
export type Misfit = { readonly errors: readonly GraphQLError[] };

export const isStream = (outcome: Outcome): outcome is AsyncIterable<ExecutionResult> =>
  Symbol.asyncIterator in outcome;

/**
 * Reads and checks a request. @throws {GraphQLError} for a document that can not be read or goes beyond a limit.
 */
export const prepare = (
  graphql: Graphql,
  serving: Serving,
  { query, operationName, variables }: RequestParams,
): Operation | Misfit => {
  // Yoga adds the parts of a Fetch request that only its own HTTP layer reads.
  const enveloped = graphql.engine.getEnveloped(serving as Parameters<Engine['getEnveloped']>[0]);
  const checked = graphql.documents.get(query);
  const { document, errors, took = 0 } = checked;
  if (errors.length > 0) return { errors };
  const type = operationType(document, operationName);
  return {
    type,
    args: { schema: enveloped.schema, document, operationName: operationName ?? null },
    isSlow: took > SLOW_MS,
    run: async () => {
      const args = {
        schema: enveloped.schema,
        document,
        contextValue: await enveloped.contextFactory(),
        variableValues: variables,
        operationName,
      };
      if (type === 'subscription') return graphql.shared.subscribe(args);
      const start = performance.now();
      const outcome = await enveloped.execute(args);
      checked.took = performance.now() - start;
      return outcome;
    },
  };
};
