import type { Command, CommandOf } from '#agreement/commands.ts';
import { same } from '#agreement/differences.ts';
import { isDecidedChange } from '#agreement/natural-key.ts';
import { wishedBy } from '#agreement/record-instrument.ts';
import { withIdentity } from '#agreement/record-operations.ts';
import { content, coverageOf, type Entry, isAway, type RuleState } from '#agreement/rule-state.ts';
import { type Decided, eventSchemas } from '#events/event.ts';
import { type ChangeInput, type ChangeType, VERBS } from '#events/verbs.ts';

/**
 * What a file does to the events it records itself: the payloads that its corrections give each of them, in
 * order, and the events it retracts. Both by natural key.
 */
export type OwnOperations = {
  readonly corrections: ReadonlyMap<string, readonly Payload[]>;
  readonly retracted: ReadonlySet<string>;
};

type Payload = { readonly [field: string]: unknown };

/** The key that the rules know an event by, of its id or its key. */
type KeyOf = (target: string) => string;

/** Collects what the file's own corrections and retractions do. */
export const ownOperations = (commands: readonly Command[], keyOf: KeyOf): OwnOperations => {
  const corrections = new Map<string, Payload[]>();
  const retracted = new Set<string>();
  for (const command of commands) {
    if (command.type === 'CorrectRecord') {
      const key = keyOf(command.target);
      corrections.set(key, [...(corrections.get(key) ?? []), command.data]);
    }
    if (command.type === 'RetractRecord') retracted.add(keyOf(command.target));
  }
  return { corrections, retracted };
};

const canonicalForm = (type: Decided['type'], data: Payload): Payload => {
  const parsed = eventSchemas[type].safeParse(data);
  return parsed.success ? { ...parsed.data } : data;
};

/** All that the file makes of an event: as it records it, then as each of its corrections says it. */
export const chainOf = (key: string, event: Decided, own: OwnOperations): readonly Payload[] => [
  { ...event.data },
  ...(own.corrections.get(key) ?? []).map((given) =>
    canonicalForm(event.type, withIdentity(event, given)),
  ),
];

/** How far along its chain the record of an event is: the last step that it says now; -1: none of them. */
export const stepOf = (entry: Entry, chain: readonly Payload[]): number => {
  const { data } = content(entry);
  return chain.findLastIndex((step) => same(step, data));
};

/** The event as the file would have it now: as recorded where that is a step of the file's own, else its last. */
const settledEvent = (event: Decided, entry: Entry | undefined, chain: readonly Payload[]) => {
  if (entry === undefined) return event;
  const step = stepOf(entry, chain);
  const data = chain[step < 0 ? chain.length - 1 : step];
  // A step of the chain is a payload of the event's type.
  return { type: event.type, data } as unknown as Decided;
};

const verbs: ReadonlyMap<string, string> = new Map(
  Object.entries(VERBS).map(([verb, type]) => [type, verb]),
);

const asInput = (change: Decided<ChangeType>): ChangeInput => {
  const { instrumentId: _, ...asked } = change.data;
  // The inverse of the table of verbs, under which the schema of the payload is the same.
  return { [verbs.get(change.type) ?? '']: asked } as unknown as ChangeInput;
};

/** A command as it is to be compared with the record; `lines` tells which change of the file each one is. */
export type Settled = { readonly command: Command; readonly lines?: readonly number[] };

const instrument = (
  command: CommandOf<'RecordInstrument'>,
  own: OwnOperations,
  state: RuleState,
): Settled => {
  const [, ...wished] = wishedBy(command);
  const settle = (event: Decided, key: string): Decided => {
    const entry = state.byKey.get(key);
    return settledEvent(event, entry, chainOf(key, event, own));
  };
  const lines: number[] = [];
  const changes = wished.filter(isDecidedChange).flatMap((change, line) => {
    const key = `change:${change.data.changeId}`;
    const entry = state.byKey.get(key);
    if (entry !== undefined && isAway(entry) && own.retracted.has(key)) return [];
    lines.push(line);
    const settled = settle(change, key);
    return isDecidedChange(settled) ? [asInput(settled)] : [];
  });
  const { id, ...rest } = command.instrument;
  const data = { instrumentId: id, ...rest };
  const paper = settle({ type: 'InstrumentRecorded', data }, `instrument:${id}`);
  if (paper.type !== 'InstrumentRecorded') return { command };
  const { instrumentId, ...said } = paper.data;
  return { command: { ...command, instrument: { id: instrumentId, ...said }, changes }, lines };
};

/** The one event that a command outside the instruments records, and the entry it would have. */
const single = (command: Command, state: RuleState) => {
  switch (command.type) {
    case 'RecordAgreement': {
      const { type: _, agreement: agreementId, correct: _why, ...rest } = command;
      const event: Decided = { type: 'AgreementRecorded', data: { agreementId, ...rest } };
      return { key: 'agreement', event, entry: state.byKey.get('agreement') };
    }
    case 'ReportClaim': {
      const { type: _, agreement: _of, correct: _why, ...data } = command;
      const key = `claim:${data.claimId}/${data.stage}`;
      return {
        key,
        event: { type: 'ClaimReported', data } as Decided,
        entry: state.byKey.get(key),
      };
    }
    case 'TagPoint': {
      const { type: _, agreement: _of, correct: _why, ...data } = command;
      const key = `tag:${data.tag}`;
      return { key, event: { type: 'PointTagged', data } as Decided, entry: state.byKey.get(key) };
    }
    case 'StateCoverage': {
      const { type: _, agreement: _of, ...data } = command;
      const event = { type: 'CoverageStated', data } as Decided;
      return { key: 'coverage', event, entry: coverageOf(state) };
    }
    default:
      return undefined;
  }
};

/** The payload of a single event back in its command. */
const withData = (command: Command, { data }: Decided): Command => {
  const { agreementId: _, ...rest } = { agreementId: undefined, ...data };
  return { type: command.type, agreement: command.agreement, ...rest } as unknown as Command;
};

/**
 * The command with the file's own corrections folded in, as far as the record has come along them. So a file
 * that corrects what it records itself reads the same the second time, while any other difference still shows.
 */
export const settled = (command: Command, own: OwnOperations, state: RuleState): Settled => {
  if (command.type === 'RecordInstrument') {
    return state.byKey.has(`instrument:${command.instrument.id}`)
      ? instrument(command, own, state)
      : { command };
  }
  const found = single(command, state);
  if (found?.entry === undefined || !own.corrections.has(found.key)) return { command };
  const { key, event, entry } = found;
  return { command: withData(command, settledEvent(event, entry, chainOf(key, event, own))) };
};
