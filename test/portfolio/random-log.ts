import * as fc from 'fast-check';
import { encode } from '#events/codec.ts';
import type { Recorded } from '#events/event.ts';
import type { EventStore, EventToStore } from '#store/store.ts';
import { type RandomHistory, randomHistory } from '../oracle/random-history.ts';

/** Zones whose days begin far apart. */
const ZONES = ['America/New_York', 'Pacific/Kiritimati', 'UTC', 'Pacific/Pago_Pago'];
const TITLES = ['Deal', 'accord', 'Zèbre', 'deal', 'Écluse'];

/** Of an event of one log and no other. */
type Id = (n: number) => string;

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
const idsOf =
  (log: number, agreement: number): Id =>
  (n) =>
    `${hex(log, 8)}-${hex(agreement, 4)}-4000-8000-${hex(n, 12)}`;

/** What the percentages of a random history say in an agreement of that number: numbers of other kinds, and dates. */
const factIn = (agreement: number, percent: number): object => {
  const large = '123456789012345678901234567890';
  const amounts = ['-2.5', '0', `${large}.5`, `${large}.50001`];
  if (agreement % 3 === 0) return { percent: String(percent) };
  if (agreement % 3 === 1) {
    return { money: { amount: amounts[percent] ?? '7', currency: percent === 0 ? 'USD' : 'EUR' } };
  }
  const dates = ['2025-03', '2025-06-01', 'unknown', '[2025-08-01..]'];
  return { date: dates[percent] ?? '2026' };
};

/** The event of one random history as that of the agreement of a number, in a log with others; of a day it is one command. */
const renamed = (event: Recorded, agreement: number, id: Id): EventToStore => {
  const metadata = { ...event.metadata, commandId: `m${event.recordedAt}` };
  const stored = encode({ ...event, metadata, id: id(event.position) } as never);
  const data = stored.data
    .replaceAll('"agreementId":"deal"', `"agreementId":"deal-${agreement}"`)
    .replaceAll('"title":"Deal"', `"title":"${TITLES[agreement % TITLES.length]}"`)
    .replaceAll('"America/New_York"', `"${ZONES[agreement % ZONES.length]}"`)
    .replaceAll(/"target":"e(\d+)"/g, (_, n) => `"target":"${id(Number(n))}"`)
    .replaceAll(/("termId":"t[24]","kind":)"K"/g, '$1"L"')
    .replaceAll(/\{"percent":"(\d)"\}/g, (_, n) => JSON.stringify(factIn(agreement, Number(n))));
  return { ...stored, data, recordedAt: event.recordedAt };
};

/** One event and the stream that it goes to. */
export type Entry = { readonly stream: string; readonly event: EventToStore };

/** Several random histories, as one log has them: each event when it was recorded. */
const logOf = (histories: readonly RandomHistory[], log: number): readonly Entry[] =>
  histories
    .flatMap(({ events }, agreement) =>
      events.map((event) => ({
        stream: `agreement-deal-${agreement}`,
        event: renamed(event, agreement, idsOf(log, agreement)),
      })),
    )
    .toSorted((a, b) => (a.event.recordedAt ?? 0) - (b.event.recordedAt ?? 0));

export const randomLog: fc.Arbitrary<readonly Entry[]> = fc
  .tuple(fc.array(randomHistory, { minLength: 1, maxLength: 6 }), fc.nat(0xffffffff))
  .map(([histories, log]) => logOf(histories, log));

/** Appends them in order, neighbours of one stream at once. */
export const append = async (store: EventStore, entries: readonly Entry[]): Promise<void> => {
  let from = 0;
  while (from < entries.length) {
    const stream = entries[from]?.stream ?? '';
    const next = entries.findIndex((entry, n) => n > from && entry.stream !== stream);
    const until = next === -1 ? entries.length : next;
    const events = entries.slice(from, until).map(({ event }) => event);
    await store.append(stream, events, 'any');
    from = until;
  }
};
