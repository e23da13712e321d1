import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Path } from '#agreement/rejections.ts';

/** What YAML allows and we do not, at a node. */
export type Unfit = { readonly node: unknown; readonly message: string };

type Pairs = ReadonlyMap<string, Pair>;

/** A YAML document as plain data, or what is unfit in it. */
export type YamlData = {
  readonly data: unknown;
  readonly unfit: readonly Unfit[];
  /** What an alias stands for; of anything else itself. */
  readonly meant: (node: unknown) => unknown;
  /** The pair of a key in a map of the document. */
  readonly pairOf: (map: YAMLMap, key: string | number) => Pair | undefined;
};

/** Anchors may be used a few times; a text that multiplies itself through them is refused. */
const MOST_ALIASES = 100;
/** Values beside those that are written down. */
const MOST_REPEATED = 100_000;
const DEEPEST = 64;
export const TOO_DEEP = `nested deeper than ${DEEPEST} levels`;

/** Nothing behind it is looked at. */
class Stop extends Error {
  readonly unfit: Unfit;
  constructor(message: string, node: unknown) {
    super(message);
    this.unfit = { message, node };
  }
}

type Targets = ReadonlyMap<unknown, unknown>;

/** What each alias stands for, and how many values there are. The library would look through the document for each. */
const lookedThrough = (
  document: Document,
): { readonly targets: Targets; readonly size: number } => {
  const anchors = new Map<string, unknown>();
  const targets = new Map<unknown, unknown>();
  let size = 0;
  visit(document, {
    Alias: (_, alias) => {
      size += 1;
      targets.set(alias, anchors.get(alias.source));
    },
    Value: (_, node) => {
      size += 1;
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return { targets, size };
};

type Walk = {
  readonly targets: Targets;
  /** Of the maps seen so far. */
  readonly pairs: Map<unknown, Pairs>;
  readonly unfit: Unfit[];
  aliases: number;
  /** That may still be walked through. */
  values: number;
};

const resolved = (node: unknown, walk: Walk): unknown => {
  walk.values -= 1;
  if (walk.values < 0) {
    const many = `aliases that repeat more than ${MOST_REPEATED} values; write the values out`;
    throw new Stop(many, node);
  }
  if (!isAlias(node)) return node;
  walk.aliases += 1;
  if (walk.aliases > MOST_ALIASES) {
    throw new Stop(`more than ${MOST_ALIASES} aliases; write the values out`, node);
  }
  const target = walk.targets.get(node);
  if (target === undefined) {
    walk.unfit.push({ node, message: `no anchor ${node.source} stands before its alias` });
  }
  return target;
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

/**
 * The pairs of a map by the texts of their keys. Nothing else may be a key: YAML would write a list or a map out as one
 * text, and a key inside of a key inside of a key doubles that text each time.
 */
const readPairs = (map: YAMLMap, unfit: Unfit[]): Pairs => {
  const pairs = new Map<string, Pair>();
  for (const pair of map.items) {
    const { key } = pair;
    if (!isScalar(key)) {
      unfit.push({ node: key ?? map, message: 'a key has to be a text: no list, map or alias' });
      continue;
    }
    const text = key.source ?? String(key.value);
    if (pairs.has(text)) unfit.push({ node: key, message: 'Map keys must be unique' });
    else pairs.set(text, pair);
  }
  return pairs;
};

const pairsOf = (map: YAMLMap, { pairs, unfit }: Walk): Pairs => {
  const known = pairs.get(map);
  if (known !== undefined) return known;
  const read = readPairs(map, unfit);
  pairs.set(map, read);
  return read;
};

const plain = (given: unknown, path: Path, walk: Walk): unknown => {
  const node = resolved(given, walk);
  if (path.length > DEEPEST && (isMap(node) || isSeq(node))) {
    throw new Stop(TOO_DEEP, node);
  }
  if (isScalar(node)) return scalar(node, path);
  if (isSeq(node)) return node.items.map((item, index) => plain(item, [...path, index], walk));
  if (!isMap(node)) return null;
  return Object.fromEntries(
    pairsOf(node, walk)
      .entries()
      .map(([key, { value }]) => [key, plain(value, [...path, key], walk)]),
  );
};

/** Reads what stands in a document without errors of its own. */
export const yamlData = (document: Document): YamlData => {
  const { targets, size } = lookedThrough(document);
  const values = size + MOST_REPEATED;
  const walk: Walk = { targets, pairs: new Map(), unfit: [], aliases: 0, values };
  const meant: YamlData['meant'] = (node) => (isAlias(node) ? targets.get(node) : node);
  const pairOf: YamlData['pairOf'] = (map, key) => pairsOf(map, walk).get(String(key));
  try {
    const data = plain(document.contents, [], walk);
    const { unfit } = walk;
    return { data: unfit.length > 0 ? undefined : data, unfit, meant, pairOf };
  } catch (trouble) {
    if (!(trouble instanceof Stop)) throw trouble;
    return { data: undefined, unfit: [...walk.unfit, trouble.unfit], meant, pairOf };
  }
};
