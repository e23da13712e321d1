/** JSON Patch (RFC 6902) between two JSON values, each removal and replacement behind a `test` of what was there. */
import { canonicalJson } from '../canonical.ts';
import { differing } from './lines.ts';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

export type PatchOperation =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string };

type Members = { readonly [key: string]: Json };

const isMembers = (value: Json): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** RFC 6901 §3. */
const pointer = (path: string, key: string | number): string =>
  `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

const removed = (path: string, old: Json): readonly PatchOperation[] => [
  { op: 'test', path, value: old },
  { op: 'remove', path },
];

const replaced = (path: string, old: Json, now: Json): readonly PatchOperation[] => [
  { op: 'test', path, value: old },
  { op: 'replace', path, value: now },
];

const member = (of: Members, key: string): Json | undefined =>
  Object.hasOwn(of, key) ? of[key] : undefined;

const betweenMembers = (path: string, old: Members, now: Members): readonly PatchOperation[] => {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].toSorted();
  return keys.flatMap((key): readonly PatchOperation[] => {
    const at = pointer(path, key);
    const [before, after] = [member(old, key), member(now, key)];
    if (after === undefined) return before === undefined ? [] : removed(at, before);
    return before === undefined
      ? [{ op: 'add', path: at, value: after }]
      : between(at, before, after);
  });
};

/** By these an element of a list stays itself when it says something else. */
const NAMES = [
  'termId',
  'claimId',
  'consentId',
  'overlayId',
  'partyId',
  'changeId',
  'change',
  'code',
];

const nameOf = (value: Json): string | undefined => {
  if (!isMembers(value)) return undefined;
  const key = NAMES.find((name) => typeof value[name] === 'string');
  return key === undefined ? undefined : `${key} ${value[key]}`;
};

/** What an element of the new list goes on from, if anything does: elements of one name, in order. */
const partners = (old: readonly Json[], now: readonly Json[]): readonly (number | undefined)[] => {
  const places = Map.groupBy(old.keys(), (i) => nameOf(old[i] ?? null));
  let from = 0;
  return now.map((value) => {
    const name = nameOf(value);
    const at = name === undefined ? undefined : places.get(name)?.find((i) => i >= from);
    if (at !== undefined) from = at + 1;
    return at;
  });
};

/** Operations are applied one behind the other, so every path names a place in the list as it is by then. */
const betweenLists = (path: string, old: readonly Json[], now: readonly Json[]) => {
  const operations: PatchOperation[] = [];
  for (const { aFrom, aTo, bFrom, bTo } of differing(
    old.map(canonicalJson),
    now.map(canonicalJson),
  )) {
    const [gone, come] = [old.slice(aFrom, aTo), now.slice(bFrom, bTo)];
    let [next, place] = [0, bFrom];
    const removeUpTo = (end: number): void => {
      for (; next < end; next++)
        operations.push(...removed(pointer(path, place), gone[next] ?? null));
    };
    partners(gone, come).forEach((partner, i) => {
      const value = come[i] ?? null;
      if (partner === undefined) operations.push({ op: 'add', path: pointer(path, place), value });
      else {
        removeUpTo(partner);
        operations.push(...between(pointer(path, place), gone[partner] ?? null, value));
        next = partner + 1;
      }
      place++;
    });
    removeUpTo(gone.length);
  }
  return operations;
};

const between = (path: string, old: Json, now: Json): readonly PatchOperation[] => {
  if (isMembers(old) && isMembers(now)) return betweenMembers(path, old, now);
  if (isList(old) && isList(now)) return betweenLists(path, old, now);
  return canonicalJson(old) === canonicalJson(now) ? [] : replaced(path, old, now);
};

/**
 * The operations that make `now` of `old`, in the order in which they apply; none where the two are the same. A patch
 * does not apply to a document that lacks what it removes or replaces. Elements of a list are matched by equality,
 * then by their ids, in order.
 */
export const jsonPatch = (old: Json, now: Json): readonly PatchOperation[] => between('', old, now);
