import { type DataOf, isChange, type Recorded } from '#events/event.ts';
import type { Revision } from '../state.ts';
import { type Change, changeOf, type InstrumentData, publications } from './change.ts';
import { type KnownEvent, publicFrom, type Reading, revisionOf, settle } from './known.ts';

/** A claim's event with what the record says of it, in log order. */
export type ClaimEvent = {
  readonly [T in 'ClaimReported' | 'ClaimAssessed' | 'ClaimResolved']: {
    readonly type: T;
    readonly data: DataOf<T>;
    readonly position: number;
  };
}['ClaimReported' | 'ClaimAssessed' | 'ClaimResolved'];

export type KnownInstrument = {
  readonly known: KnownEvent;
  readonly data: InstrumentData;
};

/** Everything that is known at the coordinates, before any day is asked about. */
export type Knowledge = {
  readonly reading: Reading;
  readonly zone: string;
  readonly agreement: DataOf<'AgreementRecorded'> | undefined;
  readonly instruments: ReadonlyMap<string, KnownInstrument>;
  /** In log order. */
  readonly changes: readonly Change[];
  /** Retracted changes: they give dates to what depends on them, and nothing else. */
  readonly retracted: readonly Change[];
  /** A change or an instrument is retracted, so that others may depend on it. */
  readonly someRetracted: boolean;
  readonly claims: readonly ClaimEvent[];
  readonly coverage: DataOf<'CoverageStated'> | undefined;
  readonly tags: readonly DataOf<'PointTagged'>[];
  readonly conflicts: readonly DataOf<'ConflictResolved'>[];
  readonly revised: readonly Revision[];
};

const ofType = <T extends Recorded['type']>(settled: readonly KnownEvent[], type: T) =>
  settled
    .filter((known) => known.event.type === type && known.retractedBy === undefined)
    .map((known) => known.data as DataOf<T>);

const instrumentsOf = (settled: readonly KnownEvent[]): ReadonlyMap<string, KnownInstrument> => {
  const instruments = new Map<string, KnownInstrument>();
  for (const known of settled) {
    if (known.event.type !== 'InstrumentRecorded') continue;
    const data = known.data as InstrumentData;
    instruments.set(data.instrumentId, { known, data });
  }
  return instruments;
};

const changesOf = (
  settled: readonly KnownEvent[],
  instruments: ReadonlyMap<string, KnownInstrument>,
) =>
  settled
    .filter((known) => isChange(known.event))
    .map((known) => {
      const { instrumentId } = known.data as DataOf<'TermAdded'>;
      const instrument = instruments.get(instrumentId);
      const gone = instrument !== undefined && instrument.known.retractedBy !== undefined;
      return { known, change: changeOf(known, instrument?.data, gone) };
    });

/** Model §6.1: a change is public from its announcement, else the first publication of its sources. */
const isPublic = (change: Change, reading: Reading): boolean => {
  if (reading.knowledge === 'RECORDED') return true;
  const announced = change.announced === undefined ? publications(change) : [change.announced];
  return announced.some(
    (date) => publicFrom(date, reading.zone, reading.uncertain) <= reading.until,
  );
};

const CLAIM_TYPES = new Set(['ClaimReported', 'ClaimAssessed', 'ClaimResolved']);

const claimDate = (claim: ClaimEvent): string =>
  claim.type === 'ClaimReported' ? claim.data.reportedAt : claim.data.on;

const claimsOf = (settled: readonly KnownEvent[], reading: Reading): readonly ClaimEvent[] =>
  settled
    .filter((known) => CLAIM_TYPES.has(known.event.type) && known.retractedBy === undefined)
    .map(
      (known) =>
        ({
          type: known.event.type,
          data: known.data,
          position: known.event.position,
        }) as ClaimEvent,
    )
    .filter(
      (claim) =>
        reading.knowledge === 'RECORDED' ||
        publicFrom(claimDate(claim), reading.zone, reading.uncertain) <= reading.until,
    );

/** Model §6.1 and §6.2: what is known of the events that the coordinates let us see. */
export const knowledgeOf = (events: readonly Recorded[], reading: Reading): Knowledge => {
  const settled = settle(events, reading);
  const instruments = instrumentsOf(settled);
  const [agreement] = ofType(settled, 'AgreementRecorded');
  const all = changesOf(settled, instruments).filter(({ change }) => isPublic(change, reading));
  return {
    reading,
    zone: agreement?.timeZone ?? reading.zone,
    agreement,
    instruments,
    changes: all.filter(({ known }) => known.retractedBy === undefined).map(({ change }) => change),
    retracted: all
      .filter(({ known }) => known.retractedBy !== undefined)
      .map(({ change }) => change),
    someRetracted: settled.some(({ retractedBy }) => retractedBy !== undefined),
    claims: claimsOf(settled, reading),
    coverage: ofType(settled, 'CoverageStated').at(-1),
    tags: ofType(settled, 'PointTagged'),
    conflicts: ofType(settled, 'ConflictResolved'),
    revised: all.flatMap(({ known, change }) =>
      revisionOf(known, instruments.get(change.instrumentId)?.known),
    ),
  };
};
