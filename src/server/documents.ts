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

/** A document that was read and held against the schema. */
export type Checked = {
  readonly document: DocumentNode;
  readonly errors: readonly GraphQLError[];
};

/** Documents kept, and the longest that is: people send few, and the same ones again. */
const KEPT = 500;
const LONGEST = 20_000;
/** How often a query is interpreted before it is worth compiling. */
const SEEN_OFTEN = 2;

/**
 * Texts, numbers and names of enums are written as the resolvers give them, whose types are the schema's: checking
 * each of them once more takes a third of the time of a query. A test holds that enums have no values but their names.
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

/** Compiled code words the mistakes in variables in its own way; so these are left to the interpreter. */
const variablesFit = (
  { schema, variableValues }: ExecutionArgs,
  { variableDefinitions = [] }: OperationDefinitionNode,
): boolean =>
  variableDefinitions.length === 0 ||
  'coerced' in
    getVariableValues(schema, variableDefinitions, variableValues ?? {}, { maxErrors: 1 });

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
  if (seen.query === undefined || !variablesFit(args, seen.query)) return undefined;
  seen.times += 1;
  if (seen.times !== SEEN_OFTEN) return seen.compiled;
  const compiled = compileQuery(schema, document, undefined, AS_THEY_ARE);
  if (isCompiledQuery(compiled)) seen.compiled = compiled;
  return seen.compiled;
};
