import type { ChangeHead, EffectiveStart } from '#events/change.ts';
import type { DataOf } from '#events/event.ts';
import type { Source } from '#events/source.ts';
import type { Term } from '#events/terms.ts';
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
  /** The terms it brings in, each with its whole value. */
  readonly whole: readonly Term[];
  readonly brings: readonly TermId[];
  /** Terms that are no more once it is applied. */
  readonly ends: readonly TermId[];
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
      return [...new Set(change.data.from)];
    case 'AgreementRestated':
      return [...new Set(change.data.mapping.map((entry) => entry.from))];
    default:
      return [];
  }
};

/** The terms that take the place of one that a change acts on. */
export const successorsIn = (change: Payloads[ChangeType], from: TermId): readonly TermId[] => {
  switch (change.type) {
    case 'TermsReplaced':
      return change.data.to.map((term) => term.termId);
    case 'AgreementRestated':
      return change.data.mapping.flatMap((entry) =>
        entry.from === from && entry.to !== null ? [entry.to] : [],
      );
    default:
      return [];
  }
};

/** The term in a change that also says when and why. */
const termIn = (data: DataOf<'TermAdded'>): Term => {
  const { termId, kind, heading, number, prose, facts, after } = data;
  return {
    termId,
    kind,
    ...(heading !== undefined && { heading }),
    ...(number !== undefined && { number }),
    ...(prose !== undefined && { prose }),
    ...(facts !== undefined && { facts }),
    ...(after !== undefined && { after }),
  };
};

/** The terms that a change sets whole. */
const wholeIn = (change: Payloads[ChangeType]): readonly Term[] => {
  switch (change.type) {
    case 'TermAdded':
      return [termIn(change.data)];
    case 'TermsReplaced':
      return change.data.to;
    case 'AgreementRestated':
      return change.data.terms;
    default:
      return [];
  }
};

/** Terms that a change sets whole. */
export const bringsIn = (change: Payloads[ChangeType]): readonly TermId[] =>
  wholeIn(change).map((term) => term.termId);

/** The terms of a change by what it does to them. */
export const termParts = (change: Payloads[ChangeType]) => ({
  acts: actsOn(change),
  whole: wholeIn(change),
  brings: bringsIn(change),
  ends: endedBy(change),
});

/** Terms that a change acts on and does not leave or bring in again. */
export const endedBy = (change: Payloads[ChangeType]): readonly TermId[] => {
  if (change.type === 'TermAmended' || change.type === 'TermRectified') return [];
  const kept = new Set(bringsIn(change));
  return actsOn(change).filter(
    (termId) => !kept.has(termId) && !successorsIn(change, termId).includes(termId),
  );
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

type Made = {
  readonly event: KnownEvent['event'];
  readonly instrument: InstrumentData | undefined;
  readonly gone: boolean;
  readonly change: Change;
};
const changes = new WeakMap<KnownEvent['data'], Made>();

/** A change with its instrument: the same object at all states of knowledge that say the same of both. */
export const changeOf = (
  known: KnownEvent,
  instrument: InstrumentData | undefined,
  gone: boolean,
): Change => {
  const { event, data } = known;
  const made = changes.get(data);
  if (made?.event === event && made.instrument === instrument && made.gone === gone) {
    return made.change;
  }
  const change = changeFrom(known, instrument, gone);
  changes.set(data, { event, instrument, gone, change });
  return change;
};

type Stated = Pick<Change, 'executed' | 'announced' | 'from' | 'until'>;

/** Model §5: each date the change's own before its instrument's. */
export const statedDates = (data: ChangeHead, instrument: InstrumentData | undefined): Stated => {
  const executed = knownDate(data.executedAt ?? instrument?.executedAt);
  const announced = knownDate(data.announcedAt ?? instrument?.announcedAt);
  const from = data.effectiveFrom ?? instrument?.effectiveFrom;
  return {
    executed,
    announced,
    from: from ?? fallbackStart(executed, announced),
    until: data.effectiveUntil,
  };
};

/** An instrument's own proof. */
export const instrumentGrade = (instrument: InstrumentData | undefined): Grade =>
  bestGrade(instrument?.sources) ?? 'INFERRED';

/** How well a change is proven: by its own word, else its sources', else its instrument's. */
export const gradeOf = (data: ChangeHead, instrument: Grade): Grade =>
  data.evidence ?? bestGrade(data.sources) ?? instrument;

const changeFrom = (
  known: KnownEvent,
  instrument: InstrumentData | undefined,
  instrumentRetracted: boolean,
): Change => {
  const payload = { type: known.event.type, data: known.data } as Payloads[ChangeType];
  const { data } = payload;
  return {
    ...payload,
    changeId: data.changeId,
    eventId: known.event.id,
    instrumentId: data.instrumentId,
    instrument,
    instrumentRetracted,
    position: known.event.position,
    recordedAt: known.event.recordedAt,
    ...statedDates(data, instrument),
    grade: gradeOf(data, instrumentGrade(instrument)),
    weight: strength(instrumentGrade(instrument)),
    ...termParts(payload),
  };
};

/** An instant stays an instant here: its day depends on the agreement's zone. */
const fallbackStart = (executed: string | undefined, announced: string | undefined) =>
  (executed ?? announced ?? 'unknown') as EffectiveStart;

/** Versions of a document supersede one another, also within a day. */
export const isVersion = ({ instrument }: Change): boolean => instrument?.sourceOrder !== undefined;

/** When the sources of a change were published, else those of its instrument. */
export const publications = ({ data, instrument }: Change): readonly string[] =>
  (data.sources ?? instrument?.sources ?? []).flatMap((source) => source.published ?? []);
