import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLError,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';

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

type Known = {
  readonly query: OperationDefinitionNode | undefined;
  times: number;
  compiled?: CompiledQuery;
};
const known = new WeakMap<DocumentNode, Known>();

/** The type of the operation that a document asks for by this name. */
export const operationType = (
  document: DocumentNode,
  operationName: string | undefined,
): OperationTypeNode | undefined => getOperationAST(document, operationName)?.operation;

/** The query of a document that holds no other operation. */
const queryAlone = ({ definitions }: DocumentNode): OperationDefinitionNode | undefined => {
  const [first, another] = definitions.filter(({ kind }) => kind === 'OperationDefinition');
  if (first?.kind !== Kind.OPERATION_DEFINITION || another !== undefined) return undefined;
  return first.operation === 'query' ? first : undefined;
};

/** Compiled code knows neither what is missing beside a default nor that a default can be null. */
const leavesDefault = (
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): boolean =>
  variableDefinitions.some(({ variable, defaultValue, type }) => {
    if (defaultValue === undefined) return false;
    const value = given[variable.name.value];
    return value === null || (value === undefined && type.kind === Kind.NON_NULL_TYPE);
  });

/** Compiled code words the mistakes in variables in its own way; so these are left to the interpreter. */
const variablesFit = (
  { schema, variableValues }: ExecutionArgs,
  query: OperationDefinitionNode,
): boolean => {
  const { variableDefinitions = [] } = query;
  if (variableDefinitions.length === 0) return true;
  const given = variableValues ?? {};
  if (leavesDefault(query, given)) return false;
  return 'coerced' in getVariableValues(schema, variableDefinitions, given, { maxErrors: 1 });
};

/** Compiled code runs the one operation that there is, whatever name is asked for. */
const isAsked = (
  { name }: OperationDefinitionNode,
  operationName: ExecutionArgs['operationName'],
): boolean =>
  operationName === undefined || operationName === null || operationName === name?.value;

const knownOf = (document: DocumentNode): Known => {
  const seen = known.get(document) ?? { query: queryAlone(document), times: 0 };
  known.set(document, seen);
  return seen;
};

/**
 * A query as compiled code, once it came often enough to be worth it; undefined: interpret it.
 */
export const compiledOf = (args: ExecutionArgs): CompiledQuery | undefined => {
  const { schema, document } = args;
  const seen = knownOf(document);
  const { query } = seen;
  if (query === undefined || !isAsked(query, args.operationName)) return undefined;
  if (!variablesFit(args, query)) return undefined;
  seen.times += 1;
  if (seen.times !== SEEN_OFTEN) return seen.compiled;
  const compiled = compileQuery(schema, document, undefined, AS_THEY_ARE);
  if (isCompiledQuery(compiled)) seen.compiled = compiled;
  return seen.compiled;
};
