import { type CommandType, parseCommand } from '#agreement/commands.ts';
import { openExecutor } from '#app/execute.ts';
import { isChange, type Recorded } from '#events/event.ts';
import { VERBS } from '#events/verbs.ts';
import { openStore } from '#store/open.ts';
import type { EventStore } from '#store/store.ts';

const VERB_OF = Object.fromEntries(Object.entries(VERBS).map(([verb, type]) => [type, verb]));

const COMMAND_OF: { readonly [type: string]: CommandType } = {
  ClaimReported: 'ReportClaim',
  ClaimAssessed: 'AssessClaim',
  ClaimResolved: 'ResolveClaim',
  RecordCorrected: 'CorrectRecord',
  RecordRetracted: 'RetractRecord',
  ConflictResolved: 'ResolveConflict',
  CoverageStated: 'StateCoverage',
  PointTagged: 'TagPoint',
};

type Fields = { readonly [field: string]: unknown };

const changeOf = ({ type, data }: Recorded, withIds: boolean): Fields => {
  const { changeId, instrumentId: _, ...rest } = data as Fields;
  return { [String(VERB_OF[type])]: withIds ? { ...rest, changeId } : rest };
};

/** A wish, and the events of the made-up history that it stands for: a paper comes with its changes. */
type Wish = {
  readonly events: readonly Recorded[];
  readonly type: CommandType;
  readonly input: Fields;
};

const paper = (event: Recorded, changes: readonly Recorded[], withIds: boolean): Wish => {
  const { instrumentId: id, ...instrument } = event.data as Fields;
  const input = {
    agreement: 'deal',
    instrument: { id, ...instrument },
    changes: changes.map((change) => changeOf(change, withIds)),
  };
  return { events: [event, ...changes], type: 'RecordInstrument', input };
};

const wishOf = (event: Recorded, all: readonly Recorded[], withIds: boolean): Wish | undefined => {
  const data: Fields = { ...event.data };
  if (event.type === 'AgreementRecorded') {
    const { agreementId: agreement, ...head } = data;
    return { events: [event], type: 'RecordAgreement', input: { agreement, ...head } };
  }
  if (event.type === 'InstrumentRecorded') {
    const changes = all.filter(
      (one) => isChange(one) && one.data.instrumentId === event.data.instrumentId,
    );
    return paper(event, changes, withIds);
  }
  const type = COMMAND_OF[event.type];
  return type && { events: [event], type, input: { agreement: 'deal', ...data } };
};

/** The paper without the changes that the rules refuse. */
const without = (
  { events, input, type }: Wish,
  paths: readonly (readonly (string | number)[])[],
): Wish | undefined => {
  const bad = new Set(paths.flatMap(([first, at]) => (first === 'changes' ? [Number(at)] : [])));
  const changes = input['changes'];
  if (bad.size === 0 || type !== 'RecordInstrument' || !Array.isArray(changes)) return undefined;
  return {
    type,
    events: events.filter((_, at) => !bad.has(at - 1)),
    input: { ...input, changes: changes.filter((_, at) => !bad.has(at)) },
  };
};

export type RandomLog = AsyncDisposable & { readonly store: EventStore };

/**
 * A log in memory with what the rules let through of a made-up history, at its own times. Without ids, changes are named
 * as they are by default.
 */
export const logOf = async (all: readonly Recorded[], withIds = true): Promise<RandomLog> => {
  let now = 0;
  const store = await openStore('sqlite::memory:', { now: () => now });
  const { execute } = openExecutor(store);
  const became = new Map<string, string>();
  const given = async (wish: Wish, commandId: string): Promise<void> => {
    const target = became.get(String(wish.input['target']));
    const command = parseCommand(wish.type, {
      ...wish.input,
      ...(target !== undefined && { target }),
    });
    const outcome = await execute(command, { by: 'test', commandId });
    if (outcome.kind === 'accepted') {
      for (const [at, { id }] of outcome.events.entries()) {
        became.set(wish.events[at]?.id ?? '', id);
      }
    }
    const rest =
      outcome.kind === 'rejected' &&
      without(
        wish,
        outcome.rejections.map(({ path }) => path),
      );
    if (rest) await given(rest, commandId);
  };
  for (const event of all) {
    const wish = wishOf(event, all, withIds);
    now = event.recordedAt;
    if (wish !== undefined) await given(wish, event.id);
  }
  return { store, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
};
