import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
} from 'yaml';
import type { Path } from '#agreement/rejections.ts';

/** A place in a text; lines and columns count from 1. */
export type Place = { readonly line: number; readonly column: number };

/** What is wrong in a file, where, and what would be right. */
export type Problem = Place & { readonly message: string };

/** A YAML text as plain data, with the way back from a path in the data to its place in the text. */
export type YamlSource = {
  readonly data: unknown;
  readonly problems: readonly Problem[];
  /** The place of a value, or of the nearest thing around it that is written down. */
  readonly placeOf: (path: Path) => Place;
  /** The place of a key inside the map at a path. */
  readonly placeOfKey: (path: Path, key: string) => Place;
  /** The text of the value at a path as it is written; empty when there is none. */
  readonly written: (path: Path) => string;
};

/** Anchors may be used a few times; a text that multiplies itself through them is refused. */
const MOST_ALIASES = 100;
/** Characters; far above any real agreement. */
const MOST_CHARACTERS = 16_000_000;
const DEEPEST = 64;

class Unfit extends Error {
  readonly node: Node | null;
  constructor(message: string, node: Node | null) {
    super(message);
    this.node = node;
  }
}

type Walk = {
  readonly document: Document;
  aliases: number;
};

const keyText = (key: unknown): string =>
  isScalar(key) ? (key.source ?? String(key.value)) : String(key);

const resolved = (node: unknown, walk: Walk): unknown => {
  if (!isAlias(node)) return node;
  walk.aliases += 1;
  if (walk.aliases > MOST_ALIASES) {
    throw new Unfit(`more than ${MOST_ALIASES} aliases; write the values out`, node);
  }
  return node.resolve(walk.document);
};

/**
 * Numbers stay the text they were written as (`2024` a year, `7.10` a clause, `0.5` a decimal, 20 digits exact):
 * no field of an agreement file wants a binary number but `sourceOrder`, which counts. A bare number as a fact stays
 * one, too, so that it is refused instead of becoming a text.
 */
const scalar = (node: Scalar, path: Path): unknown => {
  const isText = typeof node.value !== 'number';
  if (isText || path.at(-2) === 'facts' || path.at(-1) === 'sourceOrder') return node.value;
  return node.source ?? String(node.value);
};

const plain = (given: unknown, path: Path, walk: Walk): unknown => {
  const node = resolved(given, walk);
  if (path.length > DEEPEST && (isMap(node) || isSeq(node))) {
    throw new Unfit(`nested deeper than ${DEEPEST} levels`, node);
  }
  if (isScalar(node)) return scalar(node, path);
  if (isSeq(node)) return node.items.map((item, index) => plain(item, [...path, index], walk));
  if (!isMap(node)) return null;
  return Object.fromEntries(
    node.items.map((pair: Pair) => {
      const key = keyText(pair.key);
      return [key, plain(pair.value, [...path, key], walk)];
    }),
  );
};

const pairOf = (node: unknown, key: string | number): Pair | undefined =>
  isMap(node) ? node.items.find((pair) => keyText(pair.key) === String(key)) : undefined;

const child = (node: unknown, key: string | number, document: Document): unknown => {
  const at = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(at)) return at.items[Number(key)];
  return pairOf(at, key)?.value;
};

const offsetOf = (node: unknown): number | undefined =>
  isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range?.[0] : undefined;

const isThere = (node: unknown): boolean => node !== undefined && node !== null;

/**
 * The nodes along a path, the outermost first, as far as they are written. A step that is left out by a short form
 * (`{ amount }` for `{ money: { amount } }`) is stepped over.
 */
const along = (path: Path, document: Document): readonly unknown[] => {
  const nodes: unknown[] = [document.contents];
  for (const [index, key] of path.entries()) {
    const node = nodes.at(-1);
    const next = child(node, key, document);
    const behind = path[index + 1];
    if (isThere(next)) nodes.push(next);
    else if (behind === undefined || !isThere(child(node, behind, document))) break;
  }
  return nodes;
};

const OPTIONS = {
  version: '1.2',
  schema: 'core',
  prettyErrors: false,
  stringKeys: false,
} as const;

const dataOf = (document: Document): { readonly data: unknown; readonly unfit?: Unfit } => {
  try {
    return { data: plain(document.contents, [], { document, aliases: 0 }) };
  } catch (trouble) {
    if (trouble instanceof Unfit) return { data: undefined, unfit: trouble };
    throw trouble;
  }
};

const INDENTED = new Set<string>([
  'BAD_INDENT',
  'BLOCK_AS_IMPLICIT_KEY',
  'MULTILINE_IMPLICIT_KEY',
  'UNEXPECTED_TOKEN',
  'MISSING_CHAR',
]);

/** One problem a line: the others are echoes of the first. Most come from blanks too many or too few. */
const syntaxProblems = (
  document: Document.Parsed,
  place: (offset: number) => Place,
): readonly Problem[] => {
  const byLine = new Map<number, Problem>();
  for (const { pos, message, code } of document.errors) {
    const at = place(pos[0]);
    const hint = INDENTED.has(code)
      ? ' (look at the blanks at the start of this line and of the one before it, and for a quote or bracket left open)'
      : '';
    if (!byLine.has(at.line)) byLine.set(at.line, { ...at, message: `${message}${hint}` });
  }
  return [...byLine.values()];
};

const tooLong: Problem = {
  line: 1,
  column: 1,
  message: `longer than ${MOST_CHARACTERS} characters; divide it`,
};

/** Reads YAML 1.2 (core schema). What is not YAML comes back as problems, never as an exception. */
export const yamlSource = (text: string): YamlSource => {
  const lines = new LineCounter();
  const isTooLong = text.length > MOST_CHARACTERS;
  const document = parseDocument(isTooLong ? '' : text, { ...OPTIONS, lineCounter: lines });
  const place = (offset: number | undefined): Place => {
    const { line, col } = lines.linePos(offset ?? 0);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const broken = syntaxProblems(document, place);
  const { data, unfit } = broken.length > 0 ? { data: undefined } : dataOf(document);
  const unfits =
    unfit === undefined ? [] : [{ ...place(offsetOf(unfit.node)), message: unfit.message }];
  return {
    data,
    problems: isTooLong ? [tooLong] : [...broken, ...unfits],
    placeOf: (path) =>
      place(
        along(path, document)
          .map(offsetOf)
          .findLast((at) => at !== undefined),
      ),
    placeOfKey: (path, key) => {
      const node = along(path, document).at(-1);
      const at = isAlias(node) ? node.resolve(document) : node;
      return place(offsetOf(pairOf(at, key)?.key) ?? offsetOf(node));
    },
    written: (path) => {
      const nodes = along(path, document);
      const node = nodes.length === path.length + 1 ? nodes.at(-1) : undefined;
      const range = isMap(node) || isSeq(node) || node instanceof Scalar ? node.range : undefined;
      return range ? text.slice(range[0], range[1]) : '';
    },
  };
};
