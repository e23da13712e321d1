import type { DataOf, Decided } from '#events/event.ts';
import { type Mentions, mention, noMentions } from './mentions.ts';
import { type DecidedChange, isDecidedChange } from './natural-key.ts';
import { content, contentAt, everSaid, isAway, type RuleState } from './rule-state.ts';

/** What the rules look at: the record so far, and what the command at hand adds to it or puts in its place. */
export type Scene = {
  readonly state: RuleState;
  /** Names that the command itself brings. */
  readonly coming: Mentions;
  readonly changes: ReadonlyMap<string, DecidedChange>;
  readonly instruments: ReadonlyMap<string, DataOf<'InstrumentRecorded'>>;
  /** Changes that the command itself retracts. */
  readonly gone: ReadonlySet<string>;
};

const NONE: ReadonlySet<string> = new Set();

/** The scene in which these events happen together; corrected payloads stand for their targets. */
export const sceneOf = (state: RuleState, events: readonly Decided[], gone = NONE): Scene => {
  const coming = noMentions();
  const changes = new Map<string, DecidedChange>();
  const instruments = new Map<string, DataOf<'InstrumentRecorded'>>();
  for (const event of events) {
    mention(coming, event);
    if (isDecidedChange(event)) changes.set(event.data.changeId, event);
    if (event.type === 'InstrumentRecorded') instruments.set(event.data.instrumentId, event.data);
  }
  return { state, coming, changes, instruments, gone };
};

/** The zone that days are counted in; UTC before the agreement is recorded. */
export const zoneOf = ({ state }: Scene): string =>
  contentAt(state, 'agreement', 'AgreementRecorded')?.timeZone ?? 'UTC';

/** What a change says in this scene, unless it was retracted. */
export const changeNow = (scene: Scene, changeId: string): DecidedChange | undefined => {
  const coming = scene.changes.get(changeId);
  if (coming !== undefined) return coming;
  const entry = scene.state.byKey.get(`change:${changeId}`);
  if (entry === undefined || isAway(entry) || scene.gone.has(changeId)) return undefined;
  const says = content(entry);
  return isDecidedChange(says) ? says : undefined;
};

/** True for a change that is or ever was recorded, or comes now. */
export const isChangeKnown = ({ state, changes }: Scene, changeId: string): boolean =>
  changes.has(changeId) || state.byKey.has(`change:${changeId}`);

/** What a change has ever said, in this scene or before. */
export const everSaidOf = (scene: Scene, changeId: string): readonly DecidedChange[] => {
  const coming = scene.changes.get(changeId);
  const entry = scene.state.byKey.get(`change:${changeId}`);
  const before = entry === undefined ? [] : everSaid(entry).filter(isDecidedChange);
  return coming === undefined ? before : [...before, coming];
};

/** The instrument as this scene has it. */
export const instrumentNow = (scene: Scene, id: string) =>
  scene.instruments.get(id) ?? contentAt(scene.state, `instrument:${id}`, 'InstrumentRecorded');

/** Every payload the instrument ever had. */
export const instrumentEver = (scene: Scene, id: string) => {
  const coming = scene.instruments.get(id);
  const entry = scene.state.byKey.get(`instrument:${id}`);
  const before = entry === undefined ? [] : everSaid(entry);
  const said = before.flatMap((says) => (says.type === 'InstrumentRecorded' ? [says.data] : []));
  return coming === undefined ? said : [...said, coming];
};

/** The changes noted under a name, each once: those of the record, then those of the command. */
export const noted = function* (
  { state, coming }: Scene,
  index: 'bringers' | 'shapers' | 'enders' | 'resolvers',
  name: string,
): Generator<string, undefined> {
  const recorded = state.known[index].get(name);
  if (recorded !== undefined) yield* recorded;
  for (const id of coming[index].get(name) ?? []) {
    if (recorded?.has(id) !== true) yield id;
  }
};
