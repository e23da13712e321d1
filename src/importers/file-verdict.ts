import type { Command } from '#agreement/commands.ts';
import { decide } from '#agreement/decide.ts';
import type { Difference } from '#agreement/differences.ts';
import type { Rejection } from '#agreement/rejections.ts';
import { isAway, type RuleState, targetOf } from '#agreement/rule-state.ts';
import type { Decided } from '#events/event.ts';
import { fileCommandId } from './command-id.ts';
import { editedBy } from './second-thoughts.ts';
import { chainOf, type OwnOperations, stepOf } from './settled.ts';

/** What one entry of a file comes to against a record. */
export type Verdict =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'planned';
      readonly command: Command;
      readonly commandId: string;
      readonly events: readonly Decided[];
    }
  | { readonly kind: 'differs'; readonly differences: readonly Difference[] }
  | { readonly kind: 'refused'; readonly rejections: readonly Rejection[] };

/** What all entries of a file have in common. */
export type Run = {
  readonly commands: readonly Command[];
  readonly own: OwnOperations;
  /** Why the record was wrong; absent: what differs is shown. */
  readonly correct: string | undefined;
};

/** The key of the event that a command records first. */
export const keyOf = (command: Command): string | undefined => {
  if (command.type === 'RecordAgreement') return 'agreement';
  if (command.type === 'RecordInstrument') return `instrument:${command.instrument.id}`;
  if (command.type === 'ReportClaim') return `claim:${command.claimId}/${command.stage}`;
  return command.type === 'TagPoint' ? `tag:${command.tag}` : undefined;
};

const isGone = (state: RuleState, target: string): boolean => {
  const entry = targetOf(state, target);
  return entry !== undefined && isAway(entry);
};

/** True for what the record is through with already: done, overtaken, or undone by the file itself. */
export const isDone = (command: Command, { own, commands }: Run, state: RuleState): boolean => {
  if (command.type === 'RetractRecord') return isGone(state, command.target);
  if (command.type !== 'CorrectRecord') {
    const key = keyOf(command);
    return key !== undefined && own.retracted.has(key) && isGone(state, key);
  }
  const entry = targetOf(state, command.target);
  if (entry === undefined) return false;
  const key = command.target === 'coverage' ? 'coverage' : entry.key;
  // The first step is the entry's own payload, whatever the file says of it.
  const chain = chainOf(key, entry.event, own);
  const mine = commands.filter(
    (other) =>
      other.type === 'CorrectRecord' && targetOf(state, other.target)?.event.id === entry.event.id,
  );
  return stepOf(entry, chain) >= mine.indexOf(command) + 1;
};

const withReason = (command: Command, correct: string | undefined): Command =>
  correct === undefined || keyOf(command) === undefined
    ? command
    : ({ ...command, correct } as Command);

/** What was said once and was undone since is not said again without a reason. */
const SECOND_THOUGHTS: ReadonlySet<string> = new Set([
  'AssessClaim',
  'ResolveClaim',
  'CorrectRecord',
  'RetractRecord',
  'ResolveConflict',
]);

const undone = (command: Command): Difference => ({
  of: command.type,
  field: '',
  recorded: 'undone since this file said so',
  given: 'the same again',
  path: [],
});

const differencesIn = ({ details }: Rejection): readonly Difference[] => {
  const listed = details['differences'];
  // Rejections that list differences hold them as data.
  return Array.isArray(listed) ? (listed as readonly Difference[]) : [];
};

const judgedAnew = (command: Command, run: Run, state: RuleState): Verdict => {
  const decision = decide(command, state);
  if (decision.kind === 'rejected') {
    const { rejections } = decision;
    const listed = rejections.flatMap(differencesIn);
    return listed.length === 0
      ? { kind: 'refused', rejections }
      : { kind: 'differs', differences: listed };
  }
  if (decision.events.length === 0) return { kind: 'unchanged' };
  const first = fileCommandId(command);
  const isSaidBefore = state.commands.has(first);
  if (isSaidBefore && SECOND_THOUGHTS.has(command.type) && run.correct === undefined) {
    return { kind: 'differs', differences: [undone(command)] };
  }
  const commandId = isSaidBefore ? fileCommandId(command, String(state.revision)) : first;
  return { kind: 'planned', events: decision.events, command, commandId };
};

/**
 * Judges an entry. `command` is the entry as it stands in the file, `settled` the same with the file's own
 * corrections folded in.
 */
export const judged = (
  { command, settled }: { readonly command: Command; readonly settled: Command },
  run: Run,
  state: RuleState,
): Verdict => {
  const verdict = judgedAnew(withReason(settled, run.correct), run, state);
  if (verdict.kind !== 'planned') return verdict;
  const edited = editedBy(command, run.commands, state);
  if (edited === undefined) return verdict;
  if (run.correct === undefined) return { kind: 'differs', differences: edited.differences };
  const correction: Command = {
    type: 'CorrectRecord',
    agreement: command.agreement,
    target: edited.entry.event.id,
    data: { ...edited.event.data },
    reason: run.correct,
  };
  return judgedAnew(correction, run, state);
};
