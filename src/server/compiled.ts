import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { type CoerceVariables, coercionOfVariables } from './coercion.ts';
import { compilable } from './compilable.ts';
import { type Open, openArguments, withOpenInput } from './open-arguments.ts';

/** How often an operation is interpreted before it is worth compiling. */
const SEEN_OFTEN = 2;
/** Compiled operations kept, a megabyte each at most, and how often one that had to go comes before it is made again. */
const KEPT = 64;
const SEEN_AGAIN = 50;

/**
 * Texts, numbers and names of enums are written as the resolvers give them, whose types are the schema's: checking
 * each of them once more takes a third of the time of a query. What lies in the log was held against its schema when it
 * was written. A test holds that enums have no values but their names.
 */
const AS_THEY_ARE = { disableLeafSerialization: true } as const;

type Compiled = {
  readonly operation: OperationDefinitionNode;
  readonly coerce: CoerceVariables;
  readonly valuesFrom: Open['valuesFrom'];
  readonly query: CompiledQuery['query'];
};

/** Runs an operation that was found to fit. */
export type Run = (args: ExecutionArgs) => Promise<ExecutionResult> | ExecutionResult;

/**
 * Nothing that people write gets into the code but names: `graphql-jit` writes literals into it, and some of them as
 * code. So each argument is a variable to it, and graphql itself makes the value.
 */
const compile = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Compiled | undefined => {
  const open = openArguments(schema, document);
  const compiled = compileQuery(withOpenInput(schema), open.document, undefined, AS_THEY_ARE);
  if (!isCompiledQuery(compiled)) return undefined;
  return {
    operation,
    coerce: coercionOfVariables(schema, operation),
    valuesFrom: open.valuesFrom,
    query: compiled.query,
  };
};

type Seen = { readonly operation: OperationDefinitionNode | undefined; times: number };
const seen = new WeakMap<DocumentNode, Seen>();
const kept = new Map<DocumentNode, Compiled>();

const keep = (document: DocumentNode, compiled: Compiled): void => {
  // Last in the map is the last used.
  kept.delete(document);
  kept.set(document, compiled);
  const [oldest] = kept.keys();
  if (kept.size <= KEPT || oldest === undefined) return;
  kept.delete(oldest);
  const forgotten = seen.get(oldest);
  if (forgotten !== undefined) forgotten.times = SEEN_OFTEN - SEEN_AGAIN;
};

/** The document's compiled code, made when it has come often enough. */
const compiledFrom = ({ schema, document }: ExecutionArgs): Compiled | undefined => {
  const known = kept.get(document);
  if (known !== undefined) {
    keep(document, known);
    return known;
  }
  const before = seen.get(document) ?? { operation: compilable(document), times: 0 };
  seen.set(document, before);
  before.times += 1;
  if (before.operation === undefined || before.times !== SEEN_OFTEN) return undefined;
  const compiled = compile(schema, document, before.operation);
  if (compiled !== undefined) keep(document, compiled);
  return compiled;
};

/** Compiled code runs the one operation that there is, whatever name is asked for. */
const isAsked = ({ name }: OperationDefinitionNode, asked: ExecutionArgs['operationName']) =>
  asked === undefined || asked === null || asked === name?.value;

/**
 * An error that a resolver threw is told alike by both. Of several, of those that leave nothing of the answer and so
 * hide others, and of the executor's own the interpreter knows better.
 */
const isToldAlike = ({ errors = [], data }: ExecutionResult): boolean => {
  const [first, another] = errors;
  if (first === undefined) return true;
  return another === undefined && first.originalError !== undefined && !!data;
};

/**
 * An operation as compiled code, once it came often enough to be worth it; undefined: interpret it. So is one whose
 * variables do not fit, because the interpreter says what is wrong with them.
 */
export const compiledOf = (args: ExecutionArgs): Run | undefined => {
  const compiled = compiledFrom(args);
  if (compiled === undefined || !isAsked(compiled.operation, args.operationName)) return undefined;
  const variables = compiled.coerce(args.variableValues ?? {});
  const values = variables && compiled.valuesFrom(variables);
  if (values === undefined) return undefined;
  const isQuery = compiled.operation.operation === OperationTypeNode.QUERY;
  return async (running) => {
    const result = await compiled.query(running.rootValue, running.contextValue, values);
    // A query changes nothing, so that it can be asked again.
    return isQuery && !isToldAlike(result) ? execute(running) : result;
  };
};
