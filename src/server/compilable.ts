import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** Fields, with those of fragments wherever they are spread: compiling each takes a tenth of a millisecond at most. */
const MOST_FIELDS = 300;

const UNLIKE: ReadonlySet<string> = new Set(['__schema', '__type']);

/**
 * What compiled code answers otherwise than the interpreter is left to that: the schema asked about itself, directives
 * on fragments, an alias that is a property of every object.
 */
const isPlain = (document: DocumentNode): boolean => {
  let plain = true;
  const refuse = () => {
    plain = false;
  };
  visit(document, {
    Directive: refuse,
    Field: ({ name, alias }) => {
      if (UNLIKE.has(name.value) || alias?.value === '__proto__') refuse();
    },
  });
  return plain;
};

/** Of several mutations compiled code would run those behind one that failed. */
const isSingle = ({ operation, selectionSet }: OperationDefinitionNode): boolean => {
  if (operation === OperationTypeNode.QUERY) return true;
  const [first, another] = selectionSet.selections;
  return first?.kind === Kind.FIELD && another === undefined;
};

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const insideOf = (node: SelectionNode, fragments: Fragments): SelectionSetNode | undefined =>
  node.kind === Kind.FRAGMENT_SPREAD
    ? fragments.get(node.name.value)?.selectionSet
    : node.selectionSet;

/** Fragments lead into no circle in a document that fits its schema, and unfold to no more than its cost allows. */
const fieldsOf = (set: SelectionSetNode | undefined, fragments: Fragments): number =>
  (set?.selections ?? []).reduce((sum, node) => {
    const own = node.kind === Kind.FIELD ? 1 : 0;
    return sum + own + fieldsOf(insideOf(node, fragments), fragments);
  }, 0);

const isShort = (operation: OperationDefinitionNode, { definitions }: DocumentNode): boolean => {
  const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  return fieldsOf(operation.selectionSet, byName) <= MOST_FIELDS;
};

/**
 * The operation of a document as far as it may run as compiled code: the only one, a query or a single mutation, in
 * which nothing stands that such code answers otherwise, and that does not take long to compile.
 */
export const compilable = (document: DocumentNode): OperationDefinitionNode | undefined => {
  const [first, another] = document.definitions.filter(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  );
  if (first?.kind !== Kind.OPERATION_DEFINITION || another !== undefined) return undefined;
  if (first.operation === OperationTypeNode.SUBSCRIPTION || !isSingle(first)) return undefined;
  return isPlain(document) && isShort(first, document) ? first : undefined;
};
