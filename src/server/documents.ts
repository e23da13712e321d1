import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { type CoerceVariables, coercionOfVariables } from './coercion.ts';
import { withOpenInput, withOpenVariables } from './open-variables.ts';

/** A document that was read and held against the schema; `took`: how long its last answer was in the making, ms. */
export type Checked = {
  readonly document: DocumentNode;
  readonly errors: readonly GraphQLError[];
  took?: number;
};

/** Documents kept, and the longest that is: people send few, and the same ones again. */
const KEPT = 500;
const LONGEST = 20_000;
/** How often a query is interpreted before it is worth compiling. */
const SEEN_OFTEN = 2;

/**
 * Texts, numbers and names of enums are written as the resolvers give them, whose types are the schema's: checking
 * each of them once more takes a third of the time of a query. What lies in the log was held against its schema when it
 * was written. A test holds that enums have no values but their names.
 */
const AS_THEY_ARE = { disableLeafSerialization: true } as const;

/** Documents by their text, the last used behind. */
export class Documents {
  readonly #kept = new Map<string, Checked>();
  readonly #read: (text: string) => Checked;

  /** @param read parses and validates; what it throws is thrown on, and not kept */
  constructor(read: (text: string) => Checked) {
    this.#read = read;
  }

  get(text: string): Checked {
    const known = this.#kept.get(text);
    const checked = known ?? this.#read(text);
    if (text.length > LONGEST) return checked;
    if (known !== undefined) this.#kept.delete(text);
    this.#kept.set(text, checked);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return checked;
  }
}

/** Runs an operation whose variables fit. */
export type Run = (root: unknown, context: unknown) => ReturnType<CompiledQuery['query']>;

type Known = {
  readonly operation: OperationDefinitionNode | undefined;
  times: number;
  coerce?: CoerceVariables;
  compiled?: CompiledQuery;
};
const known = new WeakMap<DocumentNode, Known>();

/** The type of the operation that a document asks for by this name. */
export const operationType = (
  document: DocumentNode,
  operationName: string | undefined,
): OperationTypeNode | undefined => getOperationAST(document, operationName)?.operation;

/** The query or mutation of a document that holds no other operation. */
const operationAlone = ({ definitions }: DocumentNode): OperationDefinitionNode | undefined => {
  const [first, another] = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (first?.kind !== Kind.OPERATION_DEFINITION || another !== undefined) return undefined;
  return first.operation === 'subscription' ? undefined : first;
};

/** Compiled code runs the one operation that there is, whatever name is asked for. */
const isAsked = (
  { name }: OperationDefinitionNode,
  operationName: ExecutionArgs['operationName'],
): boolean =>
  operationName === undefined || operationName === null || operationName === name?.value;

const knownOf = (document: DocumentNode): Known => {
  const seen = known.get(document) ?? { operation: operationAlone(document), times: 0 };
  known.set(document, seen);
  return seen;
};

/** An operation as compiled code, which takes its variables as they are: {@link CoerceVariables} read them. */
const compiledFrom = (schema: GraphQLSchema, document: DocumentNode): CompiledQuery | undefined => {
  const compiled = compileQuery(
    withOpenInput(schema),
    withOpenVariables(document),
    undefined,
    AS_THEY_ARE,
  );
  return isCompiledQuery(compiled) ? compiled : undefined;
};

/**
 * An operation as compiled code, once it came often enough to be worth it; undefined: interpret it. So is one whose
 * variables do not fit, because the interpreter says what is wrong with them.
 */
export const compiledOf = (args: ExecutionArgs): Run | undefined => {
  const { schema, document } = args;
  const seen = knownOf(document);
  const { operation } = seen;
  if (operation === undefined || !isAsked(operation, args.operationName)) return undefined;
  seen.coerce ??= coercionOfVariables(schema, operation);
  const variables = seen.coerce(args.variableValues ?? {});
  if (variables === undefined) return undefined;
  seen.times += 1;
  if (seen.times === SEEN_OFTEN) {
    const compiled = compiledFrom(schema, document);
    if (compiled !== undefined) seen.compiled = compiled;
  }
  const { compiled } = seen;
  return compiled && ((root, context) => compiled.query(root, context, variables));
};
