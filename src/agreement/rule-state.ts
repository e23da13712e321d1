import type { DataOf, Decided, EventType, Recorded } from '#events/event.ts';
import { askedChange } from '#events/verbs.ts';
import { asChange } from './asked-changes.ts';
import { type Mentions, mention, noMentions } from './mentions.ts';
import { naturalKey } from './natural-key.ts';

/** One event with the record operations that speak of it, in the order of the log. */
export type Entry = {
  readonly event: Recorded;
  readonly key: string;
  readonly operations: Entry[];
};

/**
 * What the rules need to know of one agreement. Indexes only grow, and say what was ever said; what holds now
 * is read from an entry by `content` and `isAway`.
 */
export type RuleState = {
  readonly agreement: string;
  /** 0 before the first event. */
  readonly revision: number;
  readonly position: number;
  /** All events, by id, in the order of the log. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly byKey: ReadonlyMap<string, Entry>;
  /** Command id → revision of its first event. */
  readonly commands: ReadonlyMap<string, number>;
  /** Instrument → its changes in the order of the log. */
  readonly changesOf: ReadonlyMap<string, readonly Entry[]>;
  /** Claim → its reports, assessments and resolutions. */
  readonly claims: ReadonlyMap<string, readonly Entry[]>;
  readonly coverages: readonly Entry[];
  readonly conflicts: readonly Entry[];
  readonly known: Mentions;
  /** What claims propose. */
  readonly proposed: Mentions;
};

type Growing = {
  -readonly [F in keyof RuleState]: RuleState[F] extends ReadonlyMap<string, infer V>
    ? Map<string, V extends readonly Entry[] ? Entry[] : V>
    : RuleState[F] extends readonly Entry[]
      ? Entry[]
      : RuleState[F];
};

const empty = (agreement: string): Growing => ({
  agreement,
  revision: 0,
  position: 0,
  entries: new Map(),
  byKey: new Map(),
  commands: new Map(),
  changesOf: new Map(),
  claims: new Map(),
  coverages: [],
  conflicts: [],
  known: noMentions(),
  proposed: noMentions(),
});

const append = (into: Map<string, Entry[]>, name: string, entry: Entry): void => {
  const there = into.get(name);
  if (there === undefined) into.set(name, [entry]);
  else there.push(entry);
};

/** The changes that a claim proposes, named `<claimId>/<n>`. */
export const proposals = (claim: DataOf<'ClaimReported'>) =>
  (claim.proposedChanges ?? []).map((input, index) =>
    asChange(
      askedChange(input),
      `${claim.claimId}/${index + 1}`,
      claim.instrumentId ?? claim.claimId,
    ),
  );

const notePayload = (state: Growing, event: Decided): void => {
  mention(state.known, event);
  if (event.type !== 'ClaimReported') return;
  for (const change of proposals(event.data)) mention(state.proposed, change);
};

/** A correction says what its target says: the target's type with the corrected payload. */
const corrected = (target: Entry, data: DataOf<'RecordCorrected'>['data']): Decided =>
  // Validated against the target's schema before it was accepted.
  ({ type: target.event.type, data }) as unknown as Decided;

/** A correction of a correction says something about the target of that one, too. */
const noteCorrection = (
  state: Growing,
  target: Entry,
  data: DataOf<'RecordCorrected'>['data'],
): void => {
  const says = corrected(target, data);
  notePayload(state, says);
  if (says.type !== 'RecordCorrected') return;
  const inner = state.entries.get(says.data.target);
  if (inner !== undefined) noteCorrection(state, inner, says.data.data);
};

const noteOperation = (state: Growing, entry: Entry): void => {
  const { event } = entry;
  if (event.type !== 'RecordCorrected' && event.type !== 'RecordRetracted') return;
  const target = state.entries.get(event.data.target);
  target?.operations.push(entry);
  if (target !== undefined && event.type === 'RecordCorrected') {
    noteCorrection(state, target, event.data.data);
  }
};

const noteSubject = (state: Growing, entry: Entry): void => {
  const { event } = entry;
  switch (event.type) {
    case 'ClaimReported':
    case 'ClaimAssessed':
    case 'ClaimResolved':
      append(state.claims, event.data.claimId, entry);
      return;
    case 'CoverageStated':
      state.coverages.push(entry);
      return;
    case 'ConflictResolved':
      state.conflicts.push(entry);
      return;
    case 'RecordCorrected':
    case 'RecordRetracted':
      noteOperation(state, entry);
      return;
    default:
      if ('changeId' in event.data) append(state.changesOf, event.data.instrumentId, entry);
  }
};

const evolve = (state: Growing, event: Recorded): void => {
  const key = naturalKey(event, event.metadata.commandId);
  const entry: Entry = { event, key, operations: [] };
  state.revision = event.revision;
  state.position = event.position;
  state.entries.set(event.id, entry);
  state.byKey.set(key, entry);
  if (!state.commands.has(event.metadata.commandId)) {
    state.commands.set(event.metadata.commandId, event.revision);
  }
  notePayload(state, event);
  noteSubject(state, entry);
};

/** The rule state of an agreement whose stream holds these events, from its first one on. */
export const fold = (agreement: string, events: Iterable<Recorded>): RuleState =>
  foldOnto(empty(agreement), events);

/**
 * Carries a state on by the events that follow it. The state handed in is used up: only what comes back may be
 * read from then on.
 */
export const foldOnto = (state: RuleState, events: Iterable<Recorded>): RuleState => {
  // Made by `empty` alone, so it can grow; readers see the read-only side.
  const growing = state as Growing;
  for (const event of events) evolve(growing, event);
  return growing;
};

/** All events of a state, in the order of the log. */
export const eventsOf = (state: RuleState): readonly Recorded[] =>
  [...state.entries.values()].map(({ event }) => event);

/** True while a retraction that is not away itself lies behind the event. */
export const isAway = (entry: Entry): boolean => retractionOf(entry) !== undefined;

/** The retraction that keeps an event away. */
export const retractionOf = (entry: Entry): Entry | undefined =>
  entry.operations.find(({ event }, index, all) => {
    const operation = all[index];
    return event.type === 'RecordRetracted' && operation !== undefined && !isAway(operation);
  });

/** What an event says now: its own payload, or that of the last correction that is not away. */
export const content = (entry: Entry): Decided => {
  const last = entry.operations.findLast(
    (operation) => operation.event.type === 'RecordCorrected' && !isAway(operation),
  );
  if (last === undefined) return plain(entry.event);
  const says = content(last);
  return says.type === 'RecordCorrected' ? corrected(entry, says.data.data) : plain(entry.event);
};

/** Everything that an event has ever said, its own payload first. */
export const everSaid = (entry: Entry): readonly Decided[] => [
  plain(entry.event),
  ...entry.operations.flatMap((operation) =>
    operation.event.type === 'RecordCorrected'
      ? everSaid(operation).flatMap((says) =>
          says.type === 'RecordCorrected' ? [corrected(entry, says.data.data)] : [],
        )
      : [],
  ),
];

const plain = ({ type, data }: Recorded): Decided => ({ type, data }) as Decided;

/** What an event of this key says now, whether it is away or not. */
export const contentAt = <T extends EventType>(
  state: RuleState,
  key: string,
  type: T,
): DataOf<T> | undefined => {
  const entry = state.byKey.get(key);
  if (entry === undefined) return undefined;
  const says = content(entry);
  // The key names the type.
  return says.type === type ? (says.data as DataOf<T>) : undefined;
};

/** The last stated coverage that is not away. */
export const coverageOf = (state: RuleState): Entry | undefined =>
  state.coverages.findLast((entry) => !isAway(entry));

/** The event that a record operation's target names: by id, by key, or `coverage` for the last stated. */
export const targetOf = (state: RuleState, target: string): Entry | undefined =>
  state.entries.get(target) ??
  state.byKey.get(target) ??
  (target === 'coverage' ? coverageOf(state) : undefined);
