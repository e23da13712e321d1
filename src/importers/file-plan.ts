import type { Command } from '#agreement/commands.ts';
import type { Difference } from '#agreement/differences.ts';
import { naturalKey } from '#agreement/natural-key.ts';
import { wishedBy } from '#agreement/record-instrument.ts';
import type { Path, Rejection } from '#agreement/rejections.ts';
import { fold, foldOnto, type RuleState, targetOf } from '#agreement/rule-state.ts';
import { eventIdOf } from '#app/event-id.ts';
import { streamOf } from '#app/stream-name.ts';
import type { Decided, Recorded } from '#events/event.ts';
import { fileCommandId } from './command-id.ts';
import type { FileItem } from './file-items.ts';
import { isDone, judged, keyOf, type Run, type Verdict } from './file-verdict.ts';
import { type OwnOperations, ownOperations, type Settled, settled } from './settled.ts';

/** What is to be given to the log for one entry of a file. */
export type Planned = {
  readonly item: FileItem;
  readonly command: Command;
  readonly commandId: string;
};

/** What a file comes to against a record: found by a dry run of all of it, in memory. */
export type Plan = {
  readonly planned: readonly Planned[];
  readonly unchanged: readonly FileItem[];
  readonly differs: readonly { readonly item: FileItem; readonly difference: Difference }[];
  readonly refused: readonly { readonly item: FileItem; readonly rejection: Rejection }[];
};

/** Events as if the log had taken them, so that what follows can be judged. */
const pretended = (
  events: readonly Decided[],
  commandId: string,
  state: RuleState,
): readonly Recorded[] =>
  events.map((event, index) => {
    const id = eventIdOf(state.agreement, naturalKey(event, commandId));
    const recorded = {
      id,
      ...event,
      metadata: { by: 'dry run', commandId, correlationId: commandId, importedFrom: 'dry run' },
      stream: streamOf(state.agreement),
      revision: state.revision + index + 1,
      position: state.position + index + 1,
      recordedAt: 0,
    };
    // Type and payload belong together in Decided, and stay together.
    return recorded as Recorded;
  });

const claimed = (command: Command): readonly Decided[] => {
  if (command.type !== 'ReportClaim') return [];
  const { type: _, agreement: _of, correct: _why, ...data } = command;
  return [{ type: 'ClaimReported', data }];
};

/** What a refused entry would have brought, so that one mistake does not make everything behind it one. */
const meant = (command: Command, state: RuleState): readonly Decided[] => {
  const wished = command.type === 'RecordInstrument' ? wishedBy(command) : claimed(command);
  return wished.filter((event) => !state.byKey.has(naturalKey(event, '')));
};

/** The path in the file's own command of a path in the settled one. */
const unsettled = (path: Path, { lines }: Settled): Path => {
  const [first, index, ...rest] = path;
  if (lines === undefined || first !== 'changes' || typeof index !== 'number') return path;
  return ['changes', lines[index] ?? index, ...rest];
};

const ownOf = (commands: readonly Command[], state: RuleState): OwnOperations => {
  const keys = new Map<string, string>();
  for (const command of commands) {
    const key = keyOf(command);
    const wished = command.type === 'RecordInstrument' ? wishedBy(command) : [];
    const all = wished.map((event) => naturalKey(event, ''));
    for (const one of key === undefined ? all : [key, ...all]) {
      keys.set(eventIdOf(state.agreement, one), one);
    }
  }
  return ownOperations(commands, (target) =>
    target === 'coverage' ? target : (targetOf(state, target)?.key ?? keys.get(target) ?? target),
  );
};

type Growing = { -readonly [F in keyof Plan]: Plan[F][number][] };

/** Puts the verdict on an entry into the plan; says what the record would have gained. */
const noted = (
  plan: Growing,
  item: FileItem,
  verdict: Verdict,
): { readonly events: readonly Decided[]; readonly commandId: string } | undefined => {
  switch (verdict.kind) {
    case 'planned':
      plan.planned.push({ item, ...verdict });
      return verdict;
    case 'unchanged':
      plan.unchanged.push(item);
      return { events: [], commandId: '' };
    case 'differs':
      plan.differs.push(...verdict.differences.map((difference) => ({ item, difference })));
      return undefined;
    default:
      plan.refused.push(...verdict.rejections.map((rejection) => ({ item, rejection })));
      return undefined;
  }
};

/** The verdict with its places moved back to the lines of the file. */
const inLines = (verdict: Verdict, settled: Settled): Verdict => {
  const at = <T extends { readonly path: Path }>(thing: T): T => ({
    ...thing,
    path: unsettled(thing.path, settled),
  });
  if (verdict.kind === 'differs') return { ...verdict, differences: verdict.differences.map(at) };
  if (verdict.kind === 'refused') return { ...verdict, rejections: verdict.rejections.map(at) };
  return verdict;
};

/** Tries all entries of a file, in order, against a history, without a trace in the log. */
export const planFile = (
  items: readonly FileItem[],
  history: readonly Recorded[],
  correct: string | undefined,
): Plan => {
  let state = fold(items[0]?.command.agreement ?? '', history);
  const commands = items.map(({ command }) => command);
  const run: Run = { commands, own: ownOf(commands, state), correct };
  const plan: Growing = { planned: [], unchanged: [], differs: [], refused: [] };
  for (const item of items) {
    const { command } = item;
    const as = settled(command, run.own, state);
    const verdict: Verdict = isDone(command, run, state)
      ? { kind: 'unchanged' }
      : inLines(judged({ command, settled: as.command }, run, state), as);
    const gained = noted(plan, item, verdict) ?? {
      events: meant(command, state),
      commandId: fileCommandId(command, 'refused'),
    };
    state = foldOnto(state, pretended(gained.events, gained.commandId, state));
  }
  return plan;
};
