import type { EffectiveStart } from '#events/change.ts';
import type { DayNumber } from '#events/days.ts';
import type { DataOf } from '#events/event.ts';
import type { Source } from '#events/source.ts';
import {
  type ChangeId,
  type EventId,
  GRADES,
  type Grade,
  type InstrumentId,
  strength,
  type TermId,
} from '#events/values.ts';
import type { ChangeType } from '#events/verbs.ts';
import type { KnownEvent } from './known.ts';

export type InstrumentData = DataOf<'InstrumentRecorded'>;

type Payloads = { readonly [T in ChangeType]: { readonly type: T; readonly data: DataOf<T> } };

/** A change with what it takes from its instrument filled in; dates still as their sources give them. */
export type Change = Payloads[ChangeType] & {
  readonly changeId: ChangeId;
  readonly eventId: EventId;
  readonly instrumentId: InstrumentId;
  readonly instrument: InstrumentData | undefined;
  readonly instrumentRetracted: boolean;
  readonly position: number;
  readonly recordedAt: number;
  /** EDTF, known dates only. */
  readonly executed: string | undefined;
  /** EDTF or instant, known dates only. */
  readonly announced: string | undefined;
  /** `unknown` when nothing tells it. */
  readonly from: EffectiveStart;
  readonly until: string | undefined;
  readonly grade: Grade;
  /** Strength of the instrument's own proof, for the order. */
  readonly weight: number;
  /** Terms whose value or presence it acts on. */
  readonly acts: readonly TermId[];
  /** Terms it brings in. */
  readonly brings: readonly TermId[];
};

const bestGrade = (sources: readonly Source[] | undefined): Grade | undefined => {
  if (sources === undefined || sources.length === 0) return undefined;
  return GRADES[Math.min(...sources.map((source) => GRADES.indexOf(source.grade)))];
};

const knownDate = <T extends string>(date: T | undefined): T | undefined =>
  date === 'unknown' ? undefined : date;

/** Terms that a change needs to find: what it amends, removes, rectifies, replaces or maps. */
export const actsOn = (change: Payloads[ChangeType]): readonly TermId[] => {
  switch (change.type) {
    case 'TermAmended':
    case 'TermRemoved':
    case 'TermRectified':
      return [change.data.termId];
    case 'TermsReplaced':
      return change.data.from;
    case 'AgreementRestated':
      return change.data.mapping.map((entry) => entry.from);
    default:
      return [];
  }
};

/** Terms that a change sets whole. */
export const bringsIn = (change: Payloads[ChangeType]): readonly TermId[] => {
  switch (change.type) {
    case 'TermAdded':
      return [change.data.termId];
    case 'TermsReplaced':
      return change.data.to.map((term) => term.termId);
    case 'AgreementRestated':
      return change.data.terms.map((term) => term.termId);
    default:
      return [];
  }
};

/** Terms that lie under a change without its needing them there. */
const liesOn = (change: Payloads[ChangeType]): readonly TermId[] => {
  switch (change.type) {
    case 'OverlayApplied':
    case 'ConsentGranted':
    case 'TermsAffirmed':
      return change.data.terms ?? [];
    case 'RightResolved':
      return [change.data.termId];
    default:
      return [];
  }
};

/** All terms that a change names or brings in, each once. */
export const termsOf = (change: Payloads[ChangeType]): readonly TermId[] => [
  ...new Set([...actsOn(change), ...bringsIn(change), ...liesOn(change)]),
];

/** Model §5: each date the change's own before its instrument's. */
export const changeFrom = (
  known: KnownEvent,
  instrument: InstrumentData | undefined,
  instrumentRetracted: boolean,
): Change => {
  const payload = { type: known.event.type, data: known.data } as Payloads[ChangeType];
  const { data } = payload;
  const executed = knownDate(data.executedAt ?? instrument?.executedAt);
  const announced = knownDate(data.announcedAt ?? instrument?.announcedAt);
  return {
    ...payload,
    changeId: data.changeId,
    eventId: known.event.id,
    instrumentId: data.instrumentId,
    instrument,
    instrumentRetracted,
    position: known.event.position,
    recordedAt: known.event.recordedAt,
    executed,
    announced,
    from: data.effectiveFrom ?? instrument?.effectiveFrom ?? fallbackStart(executed, announced),
    until: data.effectiveUntil,
    grade: data.evidence ?? bestGrade(data.sources) ?? bestGrade(instrument?.sources) ?? 'INFERRED',
    weight: strength(bestGrade(instrument?.sources) ?? 'INFERRED'),
    acts: actsOn(payload),
    brings: bringsIn(payload),
  };
};

/** An instant stays an instant here: its day depends on the agreement's zone. */
const fallbackStart = (executed: string | undefined, announced: string | undefined) =>
  (executed ?? announced ?? 'unknown') as EffectiveStart;

/** The first publication among a change's sources, else its instrument's. */
export const firstPublished = (
  change: Change,
  day: (date: string) => DayNumber,
): string | undefined => {
  const sources = change.data.sources ?? change.instrument?.sources ?? [];
  const dates = sources.flatMap((source) => source.published ?? []);
  return dates.toSorted((a, b) => day(a) - day(b))[0];
};
