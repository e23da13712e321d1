import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  Kind,
  type SelectionNode,
  visit,
} from 'graphql';

/** What makes the results of one document differ from subscriber to subscriber. */
type Differing = { readonly number: number; readonly variables: readonly string[] };

const known = new WeakMap<DocumentNode, Map<string, Differing>>();
let numbers = 0;

/** The arguments of a root field choose what comes, not what is said of it. */
const withoutArguments = (selection: SelectionNode): SelectionNode =>
  selection.kind === Kind.FIELD ? { ...selection, arguments: [] } : selection;

/** The names of the variables that what is selected refers to, fragments included. */
const variablesIn = (document: DocumentNode, operationName: string | undefined) => {
  const operation = getOperationAST(document, operationName);
  const names = new Set<string>();
  const collect = {
    Variable: ({ name }: { name: { value: string } }) => void names.add(name.value),
  };
  for (const selection of operation?.selectionSet.selections ?? []) {
    visit(withoutArguments(selection), collect);
  }
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) visit(definition, collect);
  }
  return [...names].toSorted();
};

const differingIn = (document: DocumentNode, operationName: string | undefined): Differing => {
  const operations = known.get(document) ?? new Map<string, Differing>();
  known.set(document, operations);
  const name = operationName ?? '';
  const found = operations.get(name);
  if (found !== undefined) return found;
  numbers += 1;
  const differing = { number: numbers, variables: variablesIn(document, operationName) };
  operations.set(name, differing);
  return differing;
};

/**
 * Equal for subscriptions whose results are equal for the same item: the same document and operation, and the same
 * values of the variables that its selections refer to. Cursors and filters, which differ, are not among them.
 */
export const resultKey = ({ document, operationName, variableValues }: ExecutionArgs): string => {
  const { number, variables } = differingIn(document, operationName ?? undefined);
  return JSON.stringify([number, ...variables.map((name) => variableValues?.[name])]);
};
