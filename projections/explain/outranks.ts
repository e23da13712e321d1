import { instrumentGrade } from '../fold/change.ts';
import type { Dated } from '../fold/dates.ts';
import { inOrder, standsBehind } from '../fold/order.ts';
import { shownDay } from '../fold/pending.ts';
import { type Ground, nameOf } from './ground.ts';
import type { Rule } from './rules.ts';

/** Why one change stands behind another, and so prevails. */
export type Precedence = { readonly rule: Rule; readonly text: string };

const dayText = (day: number): string => shownDay(day) ?? 'an unknown day';

/** A rectification stands where what it rectifies stands. */
const rootOf = (dated: Dated, ground: Ground): Dated => {
  const here = new Set(ground.sheet.applied.map(({ change }) => change));
  let root = dated;
  for (;;) {
    const target = standsBehind(root, here);
    const next = ground.sheet.applied.find(({ change }) => change === target);
    if (next === undefined) return root;
    root = next;
  }
};

/** The first of the keys of the order (model §6.5) by which the winner stands behind. */
const byKeys = (winner: Dated, loser: Dated, name: string): Precedence => {
  if (winner.from !== loser.from) {
    const text = `${name} starts later: ${dayText(winner.from)}, against ${dayText(loser.from)}`;
    return { rule: 'LATER_START', text };
  }
  const start = `both start on ${dayText(winner.from)}`;
  if (winner.executedOn !== loser.executedOn) {
    const days = `${dayText(winner.executedOn)}, against ${dayText(loser.executedOn)}`;
    return { rule: 'LATER_EXECUTION', text: `${start}, and ${name} was executed later: ${days}` };
  }
  const same = `${start} and were executed on ${dayText(winner.executedOn)}`;
  if (winner.change.weight !== loser.change.weight) {
    const [won, lost] = [winner, loser].map(({ change }) => instrumentGrade(change.instrument));
    const text = `${same}, and ${name} is better proven: ${won}, against ${lost}`;
    return { rule: 'STRONGER_PROOF', text };
  }
  return { rule: 'LATER_RECORDED', text: `${same}, and ${name} was recorded later` };
};

const placed = (winner: Dated, loser: Dated, ground: Ground): Precedence => {
  const name = nameOf(winner.change, loser.change);
  if (ground.assumed.has(winner)) return { rule: 'ASSUMED', text: `the question assumes ${name}` };
  const [first, second] = [rootOf(winner, ground), rootOf(loser, ground)];
  if (first === second) {
    return { rule: 'RECTIFIED', text: `${name} puts a slip right, deemed from the origin` };
  }
  if (inOrder(first, second) < 0) {
    const text = `${name} waits for the change of the same day that brings its term in`;
    return { rule: 'WAITED_FOR_TERM', text };
  }
  return byKeys(first, second, name);
};

const resolution = (winner: Dated, loser: Dated, { scene }: Ground): Precedence => {
  const settled = scene.knowledge.conflicts.findLast(
    (conflict) =>
      conflict.winner === winner.change.changeId &&
      conflict.changes.includes(loser.change.changeId),
  );
  const name = nameOf(winner.change, loser.change);
  const why = settled === undefined ? '' : `: ${settled.rationale}`;
  return {
    rule: 'CONFLICT_RESOLVED',
    text: `the conflict was weighed, and ${name} prevails${why}`,
  };
};

/** Why the winner's word counts and not the loser's, from where the fold put the two. */
export const outranks = (winner: Dated, loser: Dated, ground: Ground): Precedence => {
  const { applied } = ground.sheet;
  return applied.indexOf(winner) < applied.indexOf(loser)
    ? resolution(winner, loser, ground)
    : placed(winner, loser, ground);
};
