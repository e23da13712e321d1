import { randomUUID } from 'node:crypto';
import { encode } from '#events/codec.ts';
import { isoDay } from '#events/days.ts';
import type { Event, EventType } from '#events/event.ts';
import type { EventToStore } from '#store/store.ts';

const METADATA = { by: 'bench', commandId: 'bench', correlationId: 'bench' };
const FIRST_DAY = 14_610; // 2010-01-01
const DAYS = 5_000;
const TERMS = 100;

export type Shape = {
  readonly agreement?: string;
  readonly terms?: number;
  /** Whether each amendment says when it was executed and announced, some time before it starts. */
  readonly dated?: boolean;
};

const made = (type: EventType, data: object): EventToStore =>
  // Only measured, never read by anybody: the payloads below have the shape of their events.
  encode({ id: randomUUID(), type, data, metadata: METADATA } as unknown as Event);

const PROSE =
  'The price is due on the first day of each month, in advance, without deduction, to the account that the other party names.';

/** A made-up agreement of so many events: a hundred terms, amended over and over, mostly in order. */
export const madeUp = (
  events: number,
  { agreement = 'bench', terms: many = TERMS, dated = false }: Shape = {},
): readonly EventToStore[] => {
  const instrument = { instrumentId: 'paper', kind: 'ORIGINAL', title: 'Paper', sources: [] };
  const head = [
    made('AgreementRecorded', {
      agreementId: agreement,
      title: 'Bench',
      timeZone: 'UTC',
      parties: [{ partyId: 'a', name: 'A' }],
    }),
    made('InstrumentRecorded', {
      ...instrument,
      executedAt: '2010-01-01',
      ...(dated && { announcedAt: '2010-01-01' }),
    }),
  ];
  const terms = Array.from({ length: many }, (_, i) =>
    made('TermAdded', {
      changeId: `paper/addTerm:t${i}`,
      instrumentId: 'paper',
      termId: `t${i}`,
      kind: 'PRICE',
      heading: `Price ${i}`,
      prose: PROSE,
      facts: { price: { money: { amount: String(i), currency: 'EUR' } } },
    }),
  );
  const before = (i: number) => isoDay(FIRST_DAY + ((i * 7919) % DAYS) - ((i * 31) % 400));
  const amendments = Array.from({ length: events - many - head.length }, (_, i) =>
    made('TermAmended', {
      changeId: `paper/${i}`,
      instrumentId: 'paper',
      termId: `t${(i * 37) % many}`,
      effectiveFrom: isoDay(FIRST_DAY + ((i * 7919) % DAYS)),
      ...(dated && { executedAt: before(i), announcedAt: before(i) }),
      values: { facts: { price: { money: { amount: String(i), currency: 'EUR' } } } },
    }),
  );
  return [...head, ...terms, ...amendments];
};
