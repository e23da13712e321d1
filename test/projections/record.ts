import { parsePayload } from '#events/codec.ts';
import type { EventType, Recorded } from '#events/event.ts';
import type { AgreementId } from '#events/values.ts';
import { type Coordinates, coordinates } from '#projections/coordinates.ts';
import { type History, historyOf } from '#projections/history.ts';

type Data = { readonly [field: string]: unknown };

/** What happened, and the day on which it was recorded, at noon UTC. */
export type Told = { readonly on: string; readonly type: EventType; readonly data: Data };

export const told = (on: string, type: EventType, data: Data): Told => ({ on, type, data });

/** The agreement itself, in the zone UTC. */
export const BEGINNING = told('2020-01-01', 'AgreementRecorded', {
  agreementId: 'deal',
  title: 'Deal',
  timeZone: 'UTC',
  parties: [
    { partyId: 'a', name: 'A' },
    { partyId: 'b', name: 'B' },
  ],
});

type Part = readonly [type: EventType, name: string, data: Data];

/** A paper recorded on a day, and the changes that it makes; they are named `<id>/<name>`. */
export const paper = (on: string, id: string, dates: Data, ...parts: readonly Part[]): Told[] => [
  told(on, 'InstrumentRecorded', {
    ...{ instrumentId: id, kind: 'AMENDMENT', title: `Paper ${id}`, sources: [] },
    ...dates,
  }),
  ...parts.map(([type, name, data]) =>
    told(on, type, { changeId: `${id}/${name}`, instrumentId: id, ...data }),
  ),
];

type Placed = {
  readonly position: number;
  readonly recordedAt: number;
  readonly commandId: string;
};

/** An event at its place in a log that holds this agreement alone; its id is `e<position>`. */
export const recordedAt = (
  type: EventType,
  data: Data,
  { position, recordedAt: moment, commandId }: Placed,
): Recorded => {
  const event: unknown = {
    id: `e${position}`,
    type,
    data: parsePayload(type, 1, data),
    metadata: { by: 'test', commandId, correlationId: commandId },
    stream: 'agreement-deal',
    revision: position,
    position,
    recordedAt: moment,
  };
  return event as Recorded;
};

/** Events in the order told; the ids are `e1`, `e2`, …, the agreement's own first. */
export const recorded = (...all: readonly (Told | readonly Told[])[]): readonly Recorded[] =>
  [BEGINNING, ...all.flat()].map(({ on, type, data }, at) =>
    recordedAt(type, data, {
      position: at + 1,
      recordedAt: Date.parse(`${on}T12:00:00Z`),
      commandId: `k${at}`,
    }),
  );

export const DEAL = 'deal' as AgreementId;

export const aHistory = (...all: readonly (Told | readonly Told[])[]): History =>
  historyOf(DEAL, recorded(...all));

/** A point, by day and what else is asked. */
export const on = (effectiveOn: string, more: object = {}): Coordinates =>
  coordinates.parse({ effectiveOn, ...more });
