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
type Places = Map<unknown, number[]>;

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

const leftOut = (tree: Tree, path: readonly PropertyKey[], places: Places): Tree | undefined => {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<Tree | undefined>(childOf, tree);
  if (last === undefined || !isBranch(parent)) return undefined;
  const gone = childOf(parent, last);
  if (Array.isArray(parent)) {
    places.set(parent, (places.get(parent) ?? parent.map((_, i) => i)).toSpliced(Number(last), 1));
    parent.splice(Number(last), 1);
  } else Reflect.deleteProperty(parent, last);
  return gone;
};

/** From the end of the file to its beginning, so that a place still stands where it stood. */
const backwards = (a: readonly PropertyKey[], b: readonly PropertyKey[]): number => {
  const at = a.findIndex((part, i) => part !== b[i]);
  if (at < 0) return b.length - a.length;
  return Number(b[at] ?? -1) - Number(a[at]) || 0;
};

const entriesOf = (issues: readonly z.core.$ZodIssue[]): readonly (readonly PropertyKey[])[] => {
  const entries = new Map(
    issues.map(({ path }) => {
      const entry = entryAround(path);
      return [JSON.stringify(entry), entry];
    }),
  );
  return [...entries.values()].sort(backwards);
};

/** The part of a file that can be held against the record although other entries are malformed. */
export const wellFormedPart = (
  data: unknown,
  issues: readonly z.core.$ZodIssue[],
): WellFormedPart | undefined => {
  // What a YAML text can say is a tree of these.
  const tree = structuredClone(data) as Tree;
  const places: Places = new Map();
  const lost = new Set(entriesOf(issues).flatMap((entry) => textsIn(leftOut(tree, entry, places))));
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
