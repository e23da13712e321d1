import type { DataOf, Decided } from '#events/event.ts';
import { noSuchChange } from './check-change.ts';
import type { CommandOf } from './commands.ts';
import { accepted, type Decision, unless } from './decision.ts';
import { same } from './differences.ts';
import { type Path, type Rejection, rejection } from './rejections.ts';
import { content, isAway, type RuleState } from './rule-state.ts';
import { isChangeKnown, sceneOf } from './scene.ts';

type Weighed = DataOf<'ConflictResolved'>;

/** Refuses changes nobody recorded, and a winner that takes no part. */
export const checkConflict = (
  { changes, winner }: Weighed,
  at: Path,
  state: RuleState,
): readonly Rejection[] => {
  const scene = sceneOf(state, []);
  const unknown = changes.flatMap((id, index) =>
    isChangeKnown(scene, id) ? [] : [noSuchChange(id, [...at, 'changes', index], scene)],
  );
  if (winner === undefined || changes.includes(winner)) return unknown;
  return [...unknown, rejection('WinnerNotAmongChanges', [...at, 'winner'], { winner })];
};

const subject = ({ code, changes }: Weighed): string => [code, ...[...changes].sort()].join('\n');

/** The last word on the same finding of the same changes: later ones count behind earlier ones. */
const lastWord = (weighed: Weighed, state: RuleState): Weighed | undefined =>
  state.conflicts
    .filter((entry) => !isAway(entry))
    .flatMap((entry) => {
      const says = content(entry);
      return says.type === 'ConflictResolved' ? [says.data] : [];
    })
    .findLast((earlier) => subject(earlier) === subject(weighed));

/** Somebody weighed a finding; the last word on it said again changes nothing. */
export const resolveConflict = (
  command: CommandOf<'ResolveConflict'>,
  state: RuleState,
): Decision => {
  const { type: _, agreement: _of, ...data } = command;
  if (same(lastWord(data, state), data)) return accepted();
  const event: Decided = { type: 'ConflictResolved', data };
  return unless(checkConflict(data, [], state), [event]);
};
