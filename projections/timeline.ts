import { type DayNumber, NEVER, parseDay } from '#events/days.ts';
import { bounds } from '#events/edtf.ts';
import { dayOf, epochMs, isInstant } from '#events/instants.ts';
import type { ChangeId } from '#events/values.ts';
import type { ChangeStanding, ChangeView, InstrumentView } from './change-view.ts';
import type { Coordinates } from './coordinates.ts';
import { termsOf } from './fold/change.ts';
import type { Dated } from './fold/dates.ts';
import type { KnownInstrument } from './fold/instruments.ts';
import { shownDay } from './fold/pending.ts';
import type { Scene, Sheet } from './fold/scene.ts';
import { sheetOn } from './fold/sheet.ts';
import type { History } from './history.ts';

/** One paper with the changes it made, as the record says it. */
export type TimelineEntry = {
  readonly instrument: InstrumentView;
  readonly changes: readonly ChangeView[];
};

const instrumentView = ({ known, data }: KnownInstrument): InstrumentView => ({
  instrumentId: data.instrumentId,
  eventId: known.event.id,
  kind: data.kind,
  title: data.title,
  ...(data.executedAt !== undefined && { executedAt: data.executedAt }),
  ...(data.announcedAt !== undefined && { announcedAt: data.announcedAt }),
  sources: data.sources,
  ...(data.sourceOrder !== undefined && { sourceOrder: data.sourceOrder }),
  ...(data.note !== undefined && { note: data.note }),
  recordedAt: known.event.recordedAt,
  retracted: known.retractedBy !== undefined,
});

const waiting = (dated: Dated, day: DayNumber): ChangeStanding | undefined => {
  if (dated.waits === undefined || dated.from <= day) return undefined;
  return dated.waits.lapses <= day ? 'LAPSED' : 'PROSPECTIVE';
};

const standingOn = (dated: Dated, { fates, day }: Sheet): ChangeStanding => {
  if (fates.voidedBy(dated) !== undefined) return 'VOIDED';
  if (fates.displacedBy(dated) !== undefined) return 'DISPLACED';
  const waits = waiting(dated, day);
  if (waits !== undefined) return waits;
  if (day < dated.from) return 'SCHEDULED';
  return day < dated.until ? 'IN_FORCE' : 'EXPIRED';
};

/** One change as it stands on the day of the sheet. */
export const changeView = (scene: Scene, sheet: Sheet, dated: Dated): ChangeView => {
  const { change } = dated;
  const instrument = scene.knowledge.instruments.get(change.instrumentId);
  const earliest = shownDay(dated.start.earliest);
  const latest = shownDay(dated.start.latest);
  return {
    changeId: change.changeId,
    eventId: change.eventId,
    type: change.type,
    ...(instrument && { instrument: instrumentView(instrument) }),
    terms: termsOf(change),
    standing: standingOn(dated, sheet),
    ...(change.from !== 'unknown' && { effectiveFrom: change.from }),
    ...(change.until !== undefined && { effectiveUntil: change.until }),
    ...(earliest && { earliest }),
    ...(latest && { latest }),
    ...(change.executed !== undefined && { executedAt: change.executed }),
    ...(change.announced !== undefined && { announcedAt: change.announced }),
    evidence: change.grade,
    sources: change.data.sources ?? change.instrument?.sources ?? [],
    ...(change.data.note !== undefined && { note: change.data.note }),
    recordedAt: change.recordedAt,
    position: change.position,
    data: change.data,
  };
};

/** Changes by id, in the order asked; those not in view at the coordinates are left out. */
export const changesAt = (
  history: History,
  ids: readonly ChangeId[],
  at: Coordinates,
): readonly ChangeView[] => {
  const scene = history.scene(at);
  const sheet = sheetOn(scene, parseDay(at.effectiveOn));
  const byId = new Map(scene.view.map((dated) => [dated.change.changeId, dated]));
  return ids
    .map((id) => byId.get(id))
    .filter((dated) => dated !== undefined)
    .map((dated) => changeView(scene, sheet, dated));
};

/** The day that places a paper among the others; what no date tells comes last. */
const placeOf = ({ changes, instrument }: TimelineEntry, zone: string): DayNumber => {
  const date = instrument.executedAt ?? instrument.announcedAt ?? changes[0]?.earliest;
  if (date === undefined || date === 'unknown') return NEVER;
  return isInstant(date) ? dayOf(epochMs(date), zone) : bounds(date).earliest;
};

/** Papers with their changes, in the order of their dates, then of the log. */
export const timelineAt = (history: History, at: Coordinates): readonly TimelineEntry[] => {
  const scene = history.scene(at);
  const sheet = sheetOn(scene, parseDay(at.effectiveOn));
  const views = scene.view.map((dated) => changeView(scene, sheet, dated));
  const byInstrument = Map.groupBy(views, (view) => view.instrument?.instrumentId);
  const inLog = (a: ChangeView, b: ChangeView) => a.position - b.position;
  return [...scene.knowledge.instruments.values()]
    .filter(({ known }) => known.retractedBy === undefined)
    .map((known) => ({
      instrument: instrumentView(known),
      changes: (byInstrument.get(known.data.instrumentId) ?? []).toSorted(inLog),
    }))
    .filter(({ changes }) => at.knowledge !== 'PUBLIC' || changes.length > 0)
    .toSorted((a, b) => placeOf(a, scene.knowledge.zone) - placeOf(b, scene.knowledge.zone));
};
