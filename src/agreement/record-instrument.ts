import type { DataOf, Decided } from '#events/event.ts';
import { asChanges, verbOf } from './asked-changes.ts';
import { checkChange, checkDates } from './check-change.ts';
import { MOST_REJECTIONS } from './check-references.ts';
import type { CommandOf } from './commands.ts';
import { accepted, type Decision, rejected, unless } from './decision.ts';
import { type DecidedChange, isDecidedChange } from './natural-key.ts';
import { type Comparison, compared, differing, type Item } from './recorded-again.ts';
import { type Path, type Rejection, rejection } from './rejections.ts';
import { content, type Entry, isAway, type RuleState, retractionOf } from './rule-state.ts';
import { type Scene, sceneOf } from './scene.ts';

type Command = CommandOf<'RecordInstrument'>;
type ChangeItem = Item & { readonly event: DecidedChange };

const paper = ({ instrument }: Command): Item => {
  const { id: instrumentId, ...rest } = instrument;
  return {
    key: `instrument:${instrumentId}`,
    event: { type: 'InstrumentRecorded', data: { instrumentId, ...rest } },
    path: ['instrument'],
  };
};

const changesOf = ({ instrument, changes }: Command): readonly ChangeItem[] =>
  asChanges(changes, instrument.id).map((event, index) => {
    const input = changes[index];
    return {
      key: `change:${event.data.changeId}`,
      event,
      path: ['changes', index, ...(input === undefined ? [] : [verbOf(input)])],
    };
  });

/** Who has a change id already: an earlier change of the command, or an event that this one can not be. */
const taker = (item: ChangeItem, first: ChangeItem | undefined, state: RuleState) => {
  if (first !== undefined && first !== item) return 'another change of this instrument';
  const entry = state.byKey.get(item.key);
  if (entry === undefined) return undefined;
  const { type, data } = content(entry);
  if (!('instrumentId' in data) || data.instrumentId !== item.event.data.instrumentId) {
    return `a change of instrument ${'instrumentId' in data ? data.instrumentId : type}`;
  }
  return type === item.event.type ? undefined : `a ${type} of this instrument`;
};

const checkIds = (items: readonly ChangeItem[], state: RuleState): readonly Rejection[] => {
  const firsts = new Map<string, ChangeItem>();
  return items.flatMap((item) => {
    const first = firsts.get(item.key);
    if (first === undefined) firsts.set(item.key, item);
    const by = taker(item, first, state);
    if (by === undefined) return [];
    const change = item.event.data.changeId;
    return [rejection('ChangeIdTaken', [...item.path, 'changeId'], { change, taker: by })];
  });
};

const checkAll = (items: readonly ChangeItem[], scene: Scene): readonly Rejection[] => {
  const found: Rejection[] = [];
  for (const { event, path } of items) {
    if (found.length >= MOST_REJECTIONS) break;
    found.push(...checkChange(event, path, scene));
  }
  return found;
};

const fresh = (head: Item, items: readonly ChangeItem[], state: RuleState): Decision => {
  const events: readonly Decided[] = [head, ...items].map(({ event }) => event);
  return unless(checkAll(items, sceneOf(state, events)), events);
};

/** Changes of the instrument that the record has and the command has not. */
const missingFrom = (items: readonly ChangeItem[], recorded: readonly Entry[]) => {
  const wished = new Set(items.map(({ key }) => key));
  return recorded.filter((entry) => !isAway(entry) && !wished.has(entry.key));
};

const dropped = (entry: Entry, reason: string): Comparison => ({
  differences: [{ of: entry.key, field: '', recorded: content(entry).data, path: ['changes'] }],
  amends: [{ type: 'RecordRetracted', data: { target: entry.event.id, reason } }],
});

/** What speaks against the record as it would be after the correction. */
const checkAmended = (
  items: readonly ChangeItem[],
  differs: ReadonlySet<string>,
  scene: Scene,
): readonly Rejection[] => [
  ...checkAll(
    items.filter(({ key }) => differs.has(key)),
    scene,
  ),
  ...items
    .filter(({ key }) => !differs.has(key))
    .flatMap(({ event, path }) => checkDates(event, path, scene)),
];

const again = (
  command: Command,
  head: Item,
  items: readonly ChangeItem[],
  state: RuleState,
): Decision => {
  const reason = command.correct ?? '';
  const instrument = command.instrument.id;
  const missing = missingFrom(items, state.changesOf.get(instrument) ?? []);
  const comparisons = [
    ...[head, ...items].map((item) => compared(state.byKey.get(item.key), item, reason)),
    ...missing.map((entry) => dropped(entry, reason)),
  ];
  const all = comparisons.flatMap((comparison) => comparison.differences);
  if (all.length === 0) return accepted();
  if (command.correct === undefined) {
    return rejected(differing('InstrumentDiffers', head.path, { instrument }, all));
  }
  const differs = new Set(all.map(({ of }) => of));
  const gone = new Set(
    missing.map(({ event }) => ('changeId' in event.data ? event.data.changeId : event.id)),
  );
  const scene = sceneOf(
    state,
    [head, ...items].map(({ event }) => event),
    gone,
  );
  return unless(
    checkAmended(items, differs, scene),
    comparisons.flatMap(({ amends }) => amends),
  );
};

/**
 * One paper with all it does. Said again alike it changes nothing; said otherwise it is refused with the
 * differences, or with a reason becomes the correction of what differs: corrected, added and retracted changes.
 */
export const recordInstrument = (command: Command, state: RuleState): Decision => {
  const head = paper(command);
  const items = changesOf(command);
  const taken = checkIds(items, state);
  if (taken.length > 0) return rejected(...taken);
  const entry = state.byKey.get(head.key);
  if (entry === undefined) return fresh(head, items, state);
  const retraction = retractionOf(entry);
  if (retraction === undefined) return again(command, head, items, state);
  const details = { instrument: command.instrument.id, retraction: retraction.event.id };
  return rejected(rejection('InstrumentRetracted', [...head.path, 'id'], details));
};

/** What would speak against an instrument's changes if the instrument said this. */
export const checkInstrument = (
  data: DataOf<'InstrumentRecorded'>,
  at: Path,
  state: RuleState,
): readonly Rejection[] => {
  const scene = sceneOf(state, [{ type: 'InstrumentRecorded', data }]);
  return (state.changesOf.get(data.instrumentId) ?? [])
    .filter((entry) => !isAway(entry))
    .map(content)
    .filter(isDecidedChange)
    .flatMap((change) => checkDates(change, [], scene))
    .map((found) => ({ ...found, path: at }));
};

/** The events that the command would become if nothing of it were recorded yet and nothing spoke against it. */
export const wishedBy = (command: Command): readonly Decided[] =>
  [paper(command), ...changesOf(command)].map(({ event }) => event);
