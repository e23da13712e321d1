import type { Day } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import type { AgreementId } from '#events/values.ts';
import { diffStates } from '#projections/diff/terms.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import { summary } from './states.ts';

type Told = { readonly type: string; readonly data: object };

/** One event for each, on the log one day apart, the first on 2025-01-01; the id is `e` and the position. */
const recorded = (told: readonly Told[]): readonly Recorded[] =>
  told.map(({ type, data }, at) => {
    const event: unknown = {
      id: `e${at + 1}`,
      type,
      data,
      metadata: { by: 'test', commandId: `k${at}`, correlationId: `k${at}` },
      stream: 'agreement-lease',
      revision: at + 1,
      position: at + 1,
      recordedAt: 1_735_689_600_000 + at * 86_400_000,
    };
    return event as Recorded;
  });

const BEGINNING: readonly Told[] = [
  {
    type: 'AgreementRecorded',
    data: {
      agreementId: 'lease',
      title: 'Lease',
      timeZone: 'UTC',
      parties: [
        { partyId: 'owner', name: 'Owner plc' },
        { partyId: 'tenant', name: 'Tenant Ltd' },
      ],
    },
  },
  {
    type: 'InstrumentRecorded',
    data: {
      instrumentId: 'paper',
      kind: 'ORIGINAL',
      title: 'Lease of 2020',
      executedAt: '2020-01-01',
      sources: [{ title: 'The lease', grade: 'DOCUMENT_TEXT' }],
    },
  },
];

/** What one change of the instrument says. */
export const by = (type: string, changeId: string, data: object): Told => ({
  type,
  data: { changeId, instrumentId: 'paper', ...data },
});

/** The position of the first event behind the beginning. */
export const FIRST = BEGINNING.length + 1;

type Point = { readonly on: string; readonly position?: number };

/** A lease and what became of it, compared between two points. */
export const deal = (...told: readonly Told[]) => {
  const history = historyOf('lease' as AgreementId, recorded([...BEGINNING, ...told]));
  const at = ({ on, position }: Point) =>
    stateAt(history, { effectiveOn: on as Day, ...(position !== undefined && { position }) });
  const entries = (from: Point, to: Point) => diffStates(at(from), at(to)).entries;
  return {
    entries,
    between: (from: string, to: string) => entries({ on: from }, { on: to }).map(summary),
  };
};
