import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type ParseOptions,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  type Source,
} from 'graphql';
import { badRequest, type ErrorCode } from './errors.ts';
import { LARGEST_PAGE, PAGE } from './types/connection.ts';

/** What one operation may ask for. */
export const LIMITS = {
  /** Names, braces, texts and signs; a text of any length is one. */
  tokens: 4_000,
  /** Selections inside selections. Introspection, as tools ask for it, needs 15. */
  depth: 16,
  aliases: 60,
  directives: 40,
  /** Fields, each as often as the pages above it have items; a field that folds a history counts ten. */
  cost: 10_000,
} as const;

/** What a selection amounts to; fragments count wherever they are spread. */
type Size = {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly cost: number;
};

const NOTHING: Size = { depth: 0, aliases: 0, directives: 0, cost: 0 };

const both = (a: Size, b: Size): Size => ({
  depth: Math.max(a.depth, b.depth),
  aliases: a.aliases + b.aliases,
  directives: a.directives + b.directives,
  cost: a.cost + b.cost,
});

const PAGED: ReadonlySet<string> = new Set(['agreements', 'events']);
const FOLDED: ReadonlySet<string> = new Set([
  'agreements',
  'state',
  'diff',
  'versions',
  'timeline',
  'term',
  'explain',
  'bisect',
  'lineage',
  'claims',
  'trackRecords',
  'impact',
]);

/** Items that a field may give; a page size that comes in a variable counts as the largest. */
const itemsOf = (field: FieldNode): number => {
  const first = field.arguments?.find((argument) => argument.name.value === 'first')?.value;
  if (first === undefined) return PAGED.has(field.name.value) ? PAGE : 1;
  if (first.kind !== Kind.INT) return first.kind === Kind.NULL ? PAGE : LARGEST_PAGE;
  return Math.min(Math.max(Number(first.value), 1), LARGEST_PAGE);
};

/** Measures a document; every fragment is measured once, and one inside itself counts nothing there. */
class Ruler {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #measured = new Map<string, Size>();

  constructor({ definitions }: DocumentNode) {
    this.#fragments = new Map(
      definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((fragment) => [fragment.name.value, fragment]),
    );
  }

  selections(set: SelectionSetNode | undefined): Size {
    return (set?.selections ?? []).map((one) => this.#selection(one)).reduce(both, NOTHING);
  }

  #selection(node: SelectionNode): Size {
    const size = this.#bare(node);
    return { ...size, directives: size.directives + (node.directives?.length ?? 0) };
  }

  #bare(node: SelectionNode): Size {
    if (node.kind === Kind.FIELD) return this.#field(node);
    if (node.kind === Kind.INLINE_FRAGMENT) return this.selections(node.selectionSet);
    return this.#fragment(node.name.value);
  }

  #field(node: FieldNode): Size {
    const inner = this.selections(node.selectionSet);
    const own = node.selectionSet !== undefined && FOLDED.has(node.name.value) ? 10 : 1;
    return {
      depth: inner.depth + 1,
      aliases: inner.aliases + (node.alias === undefined ? 0 : 1),
      directives: inner.directives,
      cost: own + itemsOf(node) * inner.cost,
    };
  }

  #fragment(name: string): Size {
    const before = this.#measured.get(name);
    if (before !== undefined) return before;
    this.#measured.set(name, NOTHING);
    const size = this.selections(this.#fragments.get(name)?.selectionSet);
    this.#measured.set(name, size);
    return size;
  }
}

type Limit = { readonly of: keyof Size; readonly code: ErrorCode; readonly remedy: string };

const CHECKS: readonly Limit[] = [
  { of: 'depth', code: 'TOO_DEEP', remedy: 'ask in several operations' },
  { of: 'aliases', code: 'TOO_MANY_ALIASES', remedy: 'ask in several operations' },
  { of: 'directives', code: 'TOO_MANY_DIRECTIVES', remedy: 'leave some out' },
  { of: 'cost', code: 'TOO_COSTLY', remedy: 'ask for smaller pages or fewer fields' },
];

const within = (size: Size): void => {
  for (const { of, code, remedy } of CHECKS) {
    if (size[of] > LIMITS[of]) {
      throw badRequest(code, `The operation has ${of} ${size[of]} of ${LIMITS[of]}; ${remedy}.`);
    }
  }
};

const parsed = (source: string | Source, options: ParseOptions | undefined): DocumentNode => {
  try {
    return parse(source, { ...options, maxTokens: LIMITS.tokens });
  } catch (trouble) {
    if (!(trouble instanceof GraphQLError)) throw trouble;
    if (trouble.message.includes('Parsing aborted')) {
      throw badRequest(
        'TOO_MANY_TOKENS',
        `The document has more than ${LIMITS.tokens} tokens; put values into variables.`,
      );
    }
    throw new GraphQLError(trouble.message, {
      source: trouble.source ?? null,
      positions: trouble.positions ?? null,
      extensions: { code: 'GRAPHQL_PARSE_FAILED', http: { status: 400, spec: true } },
    });
  }
};

/**
 * Reads a document, and refuses one that asks for too much before anybody looks at what it asks for, in time
 * linear in its length. @throws {GraphQLError} with the code of the limit, or GRAPHQL_PARSE_FAILED.
 */
export const parseWithinLimits = (
  source: string | Source,
  options?: ParseOptions,
): DocumentNode => {
  const document = parsed(source, options);
  const ruler = new Ruler(document);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      const size = ruler.selections(definition.selectionSet);
      within({ ...size, directives: size.directives + (definition.directives?.length ?? 0) });
    }
  }
  return document;
};
