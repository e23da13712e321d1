import { type Entry, isAway, type RuleState } from '#agreement/rule-state.ts';
import { idOfVersion } from './names.ts';
import type { Placed } from './timeline.ts';

const entryOf = (state: RuleState, id: string): Entry | undefined =>
  state.byKey.get(`instrument:${id}`);

/** The ids that the instrument of a version may have: one more each time it had to be recorded anew. */
function* idsOf({ head }: Placed): Generator<string> {
  const id = idOfVersion(head.versionId);
  yield id;
  for (let n = 2; ; n++) yield `${id}.${n}`;
}

/** The instrument that stands for a version in the record; undefined where none does. */
export const recordedAs = (state: RuleState, version: Placed): string | undefined => {
  for (const id of idsOf(version)) {
    const entry = entryOf(state, id);
    if (entry === undefined) return undefined;
    if (!isAway(entry)) return id;
  }
  return undefined;
};

/** The instrument that a version can become: one that the record never had. */
export const newInstrumentFor = (state: RuleState, version: Placed): string =>
  idsOf(version).find((id) => entryOf(state, id) === undefined) ?? '';

/** The instrument of a version and its changes, as far as they stand, the last first. */
export const eventsOf = (state: RuleState, instrumentId: string): readonly string[] => {
  const changes = state.changesOf.get(instrumentId) ?? [];
  return [entryOf(state, instrumentId), ...changes]
    .flatMap((entry) => (entry === undefined || isAway(entry) ? [] : entry.event.id))
    .toReversed();
};
