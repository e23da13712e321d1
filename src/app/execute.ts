import type { Command } from '#agreement/commands.ts';
import { decide } from '#agreement/decide.ts';
import { naturalKey } from '#agreement/natural-key.ts';
import type { Rejection } from '#agreement/rejections.ts';
import { eventsOf, type RuleState } from '#agreement/rule-state.ts';
import { type EncodedEvent, encode } from '#events/codec.ts';
import { type Decided, type Event, type Metadata, metadata, type Recorded } from '#events/event.ts';
import { DuplicateEvent, RevisionConflict } from '#store/errors.ts';
import type { Appended, EventStore, StoredEvent } from '#store/store.ts';
import { echoOf } from './echo.ts';
import { eventIdOf } from './event-id.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { allReadable, RuleMemory } from './rule-memory.ts';
import { streamOf } from './stream-name.ts';

/** Who gives a command and under what name. */
export type CommandContext = {
  /** The person or program that wants it. */
  readonly by: string;
  /** Sent again with the same command it answers the first result and appends nothing. */
  readonly commandId: string;
  /** Absent: the command id. */
  readonly correlationId?: string;
  readonly causationId?: string;
  /** The revision that the caller decided at (0: no events yet); when it has moved on, it is a conflict. */
  readonly expectedRevision?: number;
  readonly importedFrom?: string;
};

/** What became of a command. `position` lets a reader wait until its own write can be read. */
export type Outcome =
  | {
      readonly kind: 'accepted';
      /** Of the agreement's last event that belongs to the result. */
      readonly revision: number;
      readonly position: number;
      /** None when the record said it already. */
      readonly events: readonly Recorded[];
      /** The command id was used before, for the same command: this is its first result. */
      readonly duplicate: boolean;
    }
  | {
      readonly kind: 'rejected';
      readonly rejections: readonly Rejection[];
      /** At which the rules said no. */
      readonly revision: number;
    }
  | {
      readonly kind: 'conflict';
      readonly expected: number;
      readonly actual: number;
      /** What happened behind the expected revision. */
      readonly meanwhile: readonly Recorded[];
    };

export type Execute = (command: Command, context: CommandContext) => Promise<Outcome>;

/** The write side of the app. */
export type Executor = {
  readonly execute: Execute;
  /** All events of an agreement in order; none when it is not recorded. */
  readonly history: (agreementId: string) => Promise<readonly Recorded[]>;
};

/** How often a race against other processes is run again before it is reported as a conflict. */
const TRIES = 20;

type Log = Pick<EventStore, 'append' | 'readStream'>;

const acceptedBy = (
  events: readonly Recorded[],
  { revision, position }: Pick<RuleState, 'revision' | 'position'>,
  duplicate = false,
): Outcome => ({ kind: 'accepted', revision, position, events, duplicate });

const conflict = (expected: number, state: RuleState): Outcome => ({
  kind: 'conflict',
  expected,
  actual: state.revision,
  meanwhile: eventsOf(state).filter(({ revision }) => revision > expected),
});

/** The command's first result, or the refusal of an id that stands for another command. */
const answeredBefore = (
  command: Command,
  { commandId }: CommandContext,
  state: RuleState,
): Outcome | undefined => {
  const echo = echoOf(command, commandId, state);
  if (echo === undefined) return undefined;
  if (echo.kind === 'reused') {
    return { kind: 'rejected', rejections: [echo.rejection], revision: state.revision };
  }
  const last = echo.events.at(-1);
  return acceptedBy(echo.events, last ?? state, true);
};

export const metadataOf = (context: CommandContext): Metadata => {
  const { expectedRevision: _, correlationId = context.commandId, ...rest } = context;
  return metadata.parse({ ...rest, correlationId });
};

export const identified = (agreementId: string, decided: Decided, by: Metadata): Event => {
  const id = eventIdOf(agreementId, naturalKey(decided, by.commandId));
  // Type and payload belong together in Decided, and stay together.
  return { id, ...decided, metadata: by } as Event;
};

/** True for an append that met events of the same ids: somebody recorded the same things meanwhile. */
const isLostRace = (trouble: unknown): boolean =>
  trouble instanceof RevisionConflict || trouble instanceof DuplicateEvent;

/** Events to append, and the texts that they become. */
type ToAppend = { readonly events: readonly Event[]; readonly texts: readonly EncodedEvent[] };

/** Whether the log holds an event as it was given: another command may have written the same id. */
const isAsGiven = (stored: StoredEvent, given: EncodedEvent | undefined): boolean =>
  stored.data === given?.data && stored.metadata === given.metadata;

/** What was appended; read from its texts only where those are not the ones just written. */
const readBack = (
  stored: readonly StoredEvent[],
  { events, texts }: ToAppend,
): readonly Recorded[] => {
  if (!stored.every((one, n) => isAsGiven(one, texts[n]))) return allReadable(stored);
  return stored.flatMap(({ stream, revision, position, recordedAt }, n) => {
    const event = events[n];
    return event === undefined ? [] : [{ ...event, stream, revision, position, recordedAt }];
  });
};

/** The append, or nothing when somebody else was faster. */
const tried = async (append: Promise<Appended>, given: ToAppend, commandId: string) => {
  try {
    const appended = await append;
    const events = readBack(appended.events, given);
    // The same ids from another command: its content may differ, so the rules are asked again.
    return events.every((event) => event.metadata.commandId === commandId)
      ? { ...appended, events }
      : undefined;
  } catch (trouble) {
    if (isLostRace(trouble)) return undefined;
    throw trouble;
  }
};

/** What can be said without writing; else the events to append. */
const judged = (
  command: Command,
  context: CommandContext,
  state: RuleState,
): Outcome | readonly Decided[] => {
  const before = answeredBefore(command, context, state);
  if (before !== undefined) return before;
  const { revision } = state;
  const expected = context.expectedRevision ?? revision;
  if (expected !== revision) return conflict(expected, state);
  const decision = decide(command, state);
  if (decision.kind === 'rejected') return { ...decision, revision };
  return decision.events.length === 0 ? acceptedBy([], state) : decision.events;
};

const isOutcome = (result: Outcome | readonly Decided[]): result is Outcome => 'kind' in result;

/**
 * Takes commands to the log: reads, asks the rules, appends at the revision that was read, all or nothing.
 * A lost race is run again, unless the caller named a revision. Within this process the commands of one
 * agreement follow one another.
 *
 * The returned `execute` throws what the store throws, and HistoryUnreadable.
 */
export const openExecutor = (log: Log): Executor => {
  const memory = new RuleMemory(log);
  const queue = new OneAtATime();

  /** The outcome, or the revision at which somebody else was faster. */
  const attempt = async (command: Command, context: CommandContext): Promise<Outcome | number> => {
    const { agreement } = command;
    const state = await memory.current(agreement);
    const { revision } = state;
    const result = judged(command, context, state);
    if (isOutcome(result)) return result;
    const by = metadataOf(context);
    const events = result.map((event) => identified(agreement, event, by));
    const texts = events.map(encode);
    const append = log.append(streamOf(agreement), texts, revision);
    const appended = await tried(append, { events, texts }, context.commandId);
    if (appended === undefined) return revision;
    memory.note(agreement, appended.events);
    return acceptedBy(appended.events, appended, appended.duplicate);
  };

  const execute: Execute = (command, context) =>
    queue.run(command.agreement, async () => {
      let lostAt = 0;
      for (let n = 0; n < TRIES; n++) {
        const outcome = await attempt(command, context);
        if (typeof outcome === 'object') return outcome;
        lostAt = outcome;
      }
      return conflict(lostAt, await memory.current(command.agreement));
    });

  return {
    execute,
    history: async (agreementId) => eventsOf(await memory.current(agreementId)),
  };
};
