import { align } from './align.ts';
import type { Region } from './region.ts';

/** Texts as numbers, equal texts with equal numbers. */
const interned = (...sides: readonly (readonly string[])[]) => {
  const ids = new Map<string, number>();
  const idOf = (text: string): number => {
    const id = ids.get(text) ?? ids.size;
    ids.set(text, id);
    return id;
  };
  const [a, b] = sides.map((side) => Int32Array.from(side, idOf));
  return { a: a ?? new Int32Array(), b: b ?? new Int32Array(), vocabulary: ids.size };
};

/** The stretches in which two lists differ, in order; what lies between them is the same. Linear, as {@link align}. */
export const differing = (before: readonly string[], after: readonly string[]): readonly Region[] =>
  align(interned(before, after));

/** Stretches that lie so near that their contexts touch are one hunk. */
const grouped = (gaps: readonly Region[], context: number): readonly (readonly Region[])[] => {
  const groups: Region[][] = [];
  for (const gap of gaps) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && gap.aFrom - last.aTo <= 2 * context) groups.at(-1)?.push(gap);
    else groups.push([gap]);
  }
  return groups;
};

/** In a unified diff an empty range names the line before it. */
const range = (from: number, to: number): string => `${to > from ? from + 1 : from},${to - from}`;

type Sides = { readonly before: readonly string[]; readonly after: readonly string[] };

const hunk = ({ before, after }: Sides, gaps: readonly Region[], context: number) => {
  const [first, last] = [gaps[0], gaps.at(-1)];
  if (first === undefined || last === undefined) return [];
  const lead = Math.min(context, first.aFrom);
  const tail = Math.min(context, before.length - last.aTo);
  const lines: string[] = [];
  let at = first.aFrom - lead;
  for (const { aFrom, aTo, bFrom, bTo } of gaps) {
    lines.push(...before.slice(at, aFrom).map((line) => ` ${line}`));
    lines.push(...before.slice(aFrom, aTo).map((line) => `-${line}`));
    lines.push(...after.slice(bFrom, bTo).map((line) => `+${line}`));
    at = aTo;
  }
  lines.push(...before.slice(at, at + tail).map((line) => ` ${line}`));
  const old = range(first.aFrom - lead, last.aTo + tail);
  const now = range(first.bFrom - lead, last.bTo + tail);
  return [`@@ -${old} +${now} @@`, ...lines];
};

/**
 * Two lists of lines as a unified diff, as `diff -u` prints it and `patch` takes it; nothing where they are the same.
 * No line may hold a line feed. @param names what stands behind `---` and `+++`
 */
export const unifiedDiff = (
  before: readonly string[],
  after: readonly string[],
  names: { readonly from: string; readonly to: string },
  context = 3,
): readonly string[] => {
  const groups = grouped(differing(before, after), context);
  if (groups.length === 0) return [];
  return [
    `--- ${names.from}`,
    `+++ ${names.to}`,
    ...groups.flatMap((gaps) => hunk({ before, after }, gaps, context)),
  ];
};
