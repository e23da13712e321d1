import type { Command } from '#agreement/commands.ts';
import { type Difference, differences, same } from '#agreement/differences.ts';
import { content, type Entry, isAway, type RuleState } from '#agreement/rule-state.ts';
import type { Decided } from '#events/event.ts';

/** What somebody said of something recorded: repeated it counts again, so edits must be told from additions. */
const eventOf = (command: Command): Decided | undefined => {
  switch (command.type) {
    case 'AssessClaim': {
      const { type: _, agreement: _of, ...data } = command;
      return { type: 'ClaimAssessed', data };
    }
    case 'ResolveClaim': {
      const { type: _, agreement: _of, ...data } = command;
      return { type: 'ClaimResolved', data };
    }
    case 'ResolveConflict': {
      const { type: _, agreement: _of, ...data } = command;
      return { type: 'ConflictResolved', data };
    }
    default:
      return undefined;
  }
};

/** Who speaks of what: two events of one subject in a file and in the record may be one, edited. */
const subjectOf = ({ type, data }: Decided): string | undefined => {
  switch (type) {
    case 'ClaimAssessed':
      return `${type} ${data.claimId} ${data.by}`;
    case 'ClaimResolved':
      return `${type} ${data.claimId}`;
    case 'ConflictResolved':
      return `${type} ${data.code} ${[...data.changes].sort().join(' ')}`;
    default:
      return undefined;
  }
};

/** An entry that came from a file, and the event that the file has in its place now. */
export type Edited = {
  readonly entry: Entry;
  readonly event: Decided;
  readonly differences: readonly Difference[];
};

const isSuperseded = (entry: Entry, event: Decided, inFile: readonly Decided[]): boolean => {
  const says = content(entry);
  if (isAway(entry) || entry.event.metadata.importedFrom === undefined) return false;
  if (subjectOf(says) !== subjectOf(event)) return false;
  return !inFile.some((one) => one.type === says.type && same(one.data, says.data));
};

/**
 * The recorded event that this command of a file is an edited form of: imported, of the same subject, and said
 * by no command of the file any more. None: the command says something new.
 */
export const editedBy = (
  command: Command,
  all: readonly Command[],
  state: RuleState,
): Edited | undefined => {
  const event = eventOf(command);
  if (event === undefined) return undefined;
  const inFile = all.flatMap((one) => eventOf(one) ?? []);
  const candidates = [...[...state.claims.values()].flat(), ...state.conflicts];
  const entry = candidates.find((one) => isSuperseded(one, event, inFile));
  if (entry === undefined) return undefined;
  const recorded = content(entry).data;
  const place = { of: entry.key, field: '', path: [] };
  return { entry, event, differences: differences({ recorded, given: event.data }, place) };
};
