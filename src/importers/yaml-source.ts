import {
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
  type YAMLError,
} from 'yaml';
import type { Path } from '#agreement/rejections.ts';
import { type Found, firstProblems, type Place, type Problem } from './problems.ts';
import { TOO_DEEP, type YamlData, yamlData } from './yaml-data.ts';

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

/** Characters; far above any real agreement. */
const MOST_CHARACTERS = 16_000_000;

type Read = Pick<YamlData, 'meant' | 'pairOf'> & { readonly document: Document };

const child = (node: unknown, key: string | number, { meant, pairOf }: Read): unknown => {
  const at = meant(node);
  if (isSeq(at)) return at.items[Number(key)];
  return isMap(at) ? pairOf(at, key)?.value : undefined;
};

const offsetOf = (node: unknown): number | undefined =>
  isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range?.[0] : undefined;

const isThere = (node: unknown): boolean => node !== undefined && node !== null;

/**
 * The nodes along a path, the outermost first, as far as they are written. A step that is left out by a short form
 * (`{ amount }` for `{ money: { amount } }`) is stepped over.
 */
const along = (path: Path, read: Read): readonly unknown[] => {
  const nodes: unknown[] = [read.document.contents];
  for (const [index, key] of path.entries()) {
    const node = nodes.at(-1);
    const next = child(node, key, read);
    const behind = path[index + 1];
    if (isThere(next)) nodes.push(next);
    else if (behind === undefined || !isThere(child(node, behind, read))) break;
  }
  return nodes;
};

const OPTIONS = {
  version: '1.2',
  schema: 'core',
  prettyErrors: false,
  stringKeys: false,
  // Its check compares each key with all before it; ours is in yaml-data.ts.
  uniqueKeys: false,
} as const;

const INDENTED = new Set<string>([
  'BAD_INDENT',
  'BLOCK_AS_IMPLICIT_KEY',
  'MULTILINE_IMPLICIT_KEY',
  'UNEXPECTED_TOKEN',
  'MISSING_CHAR',
]);

const told = ({ code, message }: YAMLError): string => {
  // The library went inward until the stack was full.
  if (code === 'RESOURCE_EXHAUSTION') return TOO_DEEP;
  const hint = INDENTED.has(code)
    ? ' (look at the blanks at the start of this line and of the one before it, and for a quote or bracket left open)'
    : '';
  return `${message}${hint}`;
};

/** One problem a line: the others are echoes of the first. Most come from blanks too many or too few. */
const syntaxProblems = (
  document: Document.Parsed,
  place: (offset: number) => Place,
): readonly Found[] => {
  const byLine = new Map<number, Found>();
  for (const error of document.errors) {
    const at = place(error.pos[0]);
    if (!byLine.has(at.line)) byLine.set(at.line, { ...at, tell: () => told(error) });
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
  const { data, unfit, meant, pairOf } = yamlData(broken.length > 0 ? new Document() : document);
  const unfits = unfit.map(({ node, message }) => ({
    ...place(offsetOf(node)),
    tell: () => message,
  }));
  const read = { document, meant, pairOf };
  return {
    data,
    problems: isTooLong ? [tooLong] : firstProblems([...broken, ...unfits]),
    placeOf: (path) =>
      place(
        along(path, read)
          .map(offsetOf)
          .findLast((at) => at !== undefined),
      ),
    placeOfKey: (path, key) => {
      const node = along(path, read).at(-1);
      const at = meant(node);
      const pair = isMap(at) ? pairOf(at, key) : undefined;
      return place(offsetOf(pair?.key) ?? offsetOf(node));
    },
    written: (path) => {
      const nodes = along(path, read);
      const node = nodes.length === path.length + 1 ? nodes.at(-1) : undefined;
      const range = isMap(node) || isSeq(node) || node instanceof Scalar ? node.range : undefined;
      return range ? text.slice(range[0], range[1]) : '';
    },
  };
};
