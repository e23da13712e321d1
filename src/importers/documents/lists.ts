import type { Line } from './lines.ts';
import type { Mark } from './marks.ts';

/** Shorter on the average, the items of a list are no clauses but part of one. Characters. */
const CLAUSE_LENGTH = 150;
/** What follows the last item may be anything. */
const LONGEST = 1_000;

type Group = { readonly members: Mark[]; length: number };

const isFirst = (number: string | undefined): boolean => /^\(?[1aAiI一]\b/.test(number ?? '');

const isClauses = ({ members, length }: Group): boolean => {
  if (members.length === 1 && !isFirst(members[0]?.number)) return false;
  return length / members.length >= CLAUSE_LENGTH;
};

/** Where an item ends: at the next of its list, or of what is no list. */
const ends = (marks: readonly Mark[], lines: readonly Line[]): readonly number[] => {
  const found: number[] = new Array(marks.length);
  const next = new Map<string, number>();
  let hard = lines.at(-1)?.to ?? 0;
  for (const [index, mark] of [...marks.entries()].toReversed()) {
    found[index] = mark.list === undefined ? hard : (next.get(mark.list) ?? hard);
    const from = lines[mark.line]?.from ?? 0;
    if (mark.list === undefined) {
      hard = from;
      next.clear();
    } else next.set(mark.list, from);
  }
  return found;
};

/** A clause with clauses beneath it is one, whatever its length. */
const holdsClauses = (mark: Mark, next: Mark | undefined): boolean =>
  next?.list === undefined && next?.number?.startsWith(`${mark.number}.`) === true;

/**
 * Without the items of lists that are no clauses. A list is taken or left as a whole, by the average length of
 * its items, so that the change of an item seldom changes more than the item.
 */
export const withoutEnumerations = (
  marks: readonly Mark[],
  lines: readonly Line[],
): readonly Mark[] => {
  if (!marks.some(({ list }) => list !== undefined)) return marks;
  const until = ends(marks, lines);
  const groups = new Map<Mark, Group>();
  const open = new Map<string, Group>();
  for (const [index, mark] of marks.entries()) {
    if (mark.list === undefined) {
      open.clear();
      continue;
    }
    const group = open.get(mark.list) ?? { members: [], length: 0 };
    open.set(mark.list, group);
    group.members.push(mark);
    group.length += Math.min(LONGEST, (until[index] ?? 0) - (lines[mark.line]?.from ?? 0));
    groups.set(mark, group);
  }
  return marks.filter((mark, index) => {
    const group = groups.get(mark);
    return group === undefined || holdsClauses(mark, marks[index + 1]) || isClauses(group);
  });
};
