import { canonical } from '#agreement/differences.ts';
import { type DecidedChange, isDecidedChange } from '#agreement/natural-key.ts';
import { content, coverageOf, type Entry, isAway, type RuleState } from '#agreement/rule-state.ts';
import type { DataOf, EventType } from '#events/event.ts';
import { askedBack } from './asked-back.ts';
import { correctionsOf, retractionsOf } from './own-words.ts';

type Fields = { readonly [field: string]: unknown };

const ofType = (state: RuleState, type: EventType): readonly Entry[] =>
  [...state.entries.values()].filter(({ event }) => event.type === type);

/** Types whose events have a name that a file can call them by, and so correct and retract them. */
const NAMED: ReadonlySet<EventType> = new Set([
  'AgreementRecorded',
  'InstrumentRecorded',
  'ClaimReported',
  'PointTagged',
]);

const isNamed = ({ event }: Entry): boolean => NAMED.has(event.type) || isDecidedChange(event);

/** What events of a type said first; corrections and retractions stand in sections of their own. */
const first = (state: RuleState, type: EventType): readonly Fields[] =>
  ofType(state, type).map(({ event }) => event.data);

/** What events of a type say now, as far as they are not retracted. */
const last = (state: RuleState, type: EventType): readonly Fields[] =>
  ofType(state, type)
    .filter((entry) => !isAway(entry))
    .map((entry) => content(entry).data);

/** Of what was said several times in the same words, the last time. */
const lastTimes = (all: readonly Fields[]): readonly Fields[] => {
  const places = new Map(all.map((said, at) => [canonical(said), at]));
  return all.filter((said, at) => places.get(canonical(said)) === at);
};

const changesOf = (state: RuleState, instrumentId: string): readonly DecidedChange[] =>
  (state.changesOf.get(instrumentId) ?? []).flatMap(({ event }) =>
    isDecidedChange(event) ? [{ type: event.type, data: event.data } as DecidedChange] : [],
  );

const instrument = (data: DataOf<'InstrumentRecorded'>, state: RuleState): Fields => {
  const { instrumentId: id, sources, ...rest } = data;
  const changes = askedBack(changesOf(state, id), id);
  return {
    id,
    ...rest,
    ...(sources.length > 0 && { sources }),
    ...(changes.length > 0 && { changes }),
  };
};

const instruments = (state: RuleState): readonly Fields[] =>
  ofType(state, 'InstrumentRecorded').map(({ event }) =>
    instrument(event.data as DataOf<'InstrumentRecorded'>, state),
  );

const head = (state: RuleState): Fields => {
  const [entry] = ofType(state, 'AgreementRecorded');
  const { agreementId: agreement, ...rest }: Fields = entry?.event.data ?? {};
  return { agreement, ...rest };
};

const coverage = (state: RuleState): Fields => {
  const entry = coverageOf(state);
  return entry === undefined ? {} : { coverage: content(entry).data };
};

/** The sections of an agreement file that say what a record says, in the order of the file; empty ones are left out. */
export const agreementSections = (state: RuleState): Fields => {
  const named = [...state.entries.values()].filter(isNamed);
  const lists = {
    instruments: instruments(state),
    claims: first(state, 'ClaimReported'),
    assessments: last(state, 'ClaimAssessed'),
    resolutions: last(state, 'ClaimResolved'),
    corrections: named.flatMap(correctionsOf),
    retractions: named.flatMap(retractionsOf),
    conflicts: lastTimes(last(state, 'ConflictResolved')),
  };
  const tags = first(state, 'PointTagged');
  return {
    ...head(state),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...coverage(state),
    ...(tags.length > 0 && { tags }),
  };
};
