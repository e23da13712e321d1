import { type DataOf, isChange, type Recorded } from '#events/event.ts';
import type { Revision } from '../state.ts';
import { type Change, changeOf } from './change.ts';
import { instrumentsOf, type KnownInstrument } from './instruments.ts';
import { type KnownEvent, publicFrom, type Reading, revisionOf, settle } from './known.ts';
import { isPublic } from './publicity.ts';

/** A claim's event with what the record says of it, in log order. */
export type ClaimEvent = {
  readonly [T in 'ClaimReported' | 'ClaimAssessed' | 'ClaimResolved']: {
    readonly type: T;
    readonly data: DataOf<T>;
    readonly position: number;
  };
}['ClaimReported' | 'ClaimAssessed' | 'ClaimResolved'];

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

/** What the record says of changes, and of what is retracted. */
export type Said = Pick<
  Knowledge,
  'instruments' | 'changes' | 'retracted' | 'someRetracted' | 'revised'
> & {
  /** The events that are no changes. */
  readonly others: readonly KnownEvent[];
};

const saidOf = (settled: readonly KnownEvent[], reading: Reading): Said => {
  const others = settled.filter(({ event }) => !isChange(event));
  const instruments = instrumentsOf(others);
  const instrumentOf = (known: KnownEvent) =>
    instruments.get((known.data as DataOf<'TermAdded'>).instrumentId);
  const all = settled
    .filter(({ event }) => isChange(event))
    .map((known) => {
      const instrument = instrumentOf(known);
      const gone = instrument?.known.retractedBy !== undefined;
      return { known, change: changeOf(known, instrument?.data, gone) };
    })
    .filter(({ change }) => isPublic(change, reading));
  return {
    others,
    instruments,
    changes: all.filter(({ known }) => known.retractedBy === undefined).map(({ change }) => change),
    retracted: all
      .filter(({ known }) => known.retractedBy !== undefined)
      .map(({ change }) => change),
    someRetracted: settled.some(({ retractedBy }) => retractedBy !== undefined),
    revised: all.flatMap(({ known }) => revisionOf(known, instrumentOf(known)?.known)),
  };
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

export const knowledgeFrom = ({ others, ...said }: Said, reading: Reading): Knowledge => {
  const [agreement] = ofType(others, 'AgreementRecorded');
  return {
    reading,
    zone: agreement?.timeZone ?? reading.zone,
    agreement,
    ...said,
    claims: claimsOf(others, reading),
    coverage: ofType(others, 'CoverageStated').at(-1),
    tags: ofType(others, 'PointTagged'),
    conflicts: ofType(others, 'ConflictResolved'),
  };
};

/** Model §6.1 and §6.2: what is known of the events that the coordinates let us see. */
export const knowledgeOf = (events: readonly Recorded[], reading: Reading): Knowledge =>
  knowledgeFrom(saidOf(settle(events, reading), reading), reading);
