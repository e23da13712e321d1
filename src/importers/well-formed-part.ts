import type { z } from 'zod';
import { type AgreementFile, agreementFile } from '#agreement/agreement-file.ts';
import type { Path } from '#agreement/rejections.ts';

/** What is left of a file without the entries whose form is wrong. */
export type WellFormedPart = {
  readonly file: AgreementFile;
  /** The path in the whole file of a path in the part. */
  readonly inWhole: (path: Path) => Path;
  /** Every text in what was left out: a mistake that names one of them may be none. */
  readonly lost: ReadonlySet<string>;
};

type Tree = { [key: string]: Tree } | Tree[] | string | number | boolean | null;

/** Lists shortened, and where the elements left in them stood before. */
type Places = ReadonlyMap<unknown, readonly number[]>;

const isBranch = (tree: Tree | undefined): tree is { [key: string]: Tree } | Tree[] =>
  typeof tree === 'object' && tree !== null;

const childOf = (tree: Tree | undefined, key: PropertyKey): Tree | undefined =>
  isBranch(tree) ? Reflect.get(tree, key) : undefined;

const textsIn = (tree: Tree | undefined): readonly string[] => {
  if (isBranch(tree)) return Object.values(tree).flatMap(textsIn);
  return typeof tree === 'string' ? [tree] : [];
};

/** The innermost list element around a place; outside of lists the place itself. */
const entryAround = (path: readonly PropertyKey[]): readonly PropertyKey[] => {
  const element = path.findLastIndex((part) => typeof part === 'number');
  return element < 0 ? path : path.slice(0, element + 1);
};

/** Elements of lists that are to go. Until all are known they stay, so that each still stands where it stood. */
type Going = Map<Tree[], Set<number>>;

/** Takes an entry off, or notes that it is to go. */
const leftOut = (tree: Tree, path: readonly PropertyKey[], going: Going): Tree | undefined => {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<Tree | undefined>(childOf, tree);
  if (last === undefined || !isBranch(parent)) return undefined;
  const gone = childOf(parent, last);
  if (!Array.isArray(parent)) Reflect.deleteProperty(parent, last);
  else going.set(parent, (going.get(parent) ?? new Set()).add(Number(last)));
  return gone;
};

const shorten = (list: Tree[], going: ReadonlySet<number>): readonly number[] => {
  const stay = [...list.keys()].filter((at) => !going.has(at));
  const shortened = list.filter((_, at) => !going.has(at));
  list.length = 0;
  for (const element of shortened) list.push(element);
  return stay;
};

const entriesOf = (issues: readonly z.core.$ZodIssue[]): readonly (readonly PropertyKey[])[] => {
  const entries = new Map(
    issues.map(({ path }) => {
      const entry = entryAround(path);
      return [JSON.stringify(entry), entry];
    }),
  );
  return [...entries.values()];
};

/** The part of a file that can be held against the record although other entries are malformed. */
export const wellFormedPart = (
  data: unknown,
  issues: readonly z.core.$ZodIssue[],
): WellFormedPart | undefined => {
  // What a YAML text can say is a tree of these.
  const tree = structuredClone(data) as Tree;
  const going: Going = new Map();
  const lost = new Set(entriesOf(issues).flatMap((entry) => textsIn(leftOut(tree, entry, going))));
  const places: Places = new Map(
    going.entries().map(([list, elements]) => [list, shorten(list, elements)]),
  );
  const parsed = agreementFile.safeParse(tree);
  if (!parsed.success) return undefined;
  const inWhole = (path: Path): Path => {
    let at: Tree | undefined = tree;
    return path.map((part) => {
      const before = typeof part === 'number' ? places.get(at)?.[part] : undefined;
      at = childOf(at, part);
      return before ?? part;
    });
  };
  return { file: parsed.data, inWhole, lost };
};
