import { randomUUID } from 'node:crypto';
import { encode } from '#events/codec.ts';
import { isoDay } from '#events/days.ts';
import type { Event, EventType } from '#events/event.ts';
import { GRADES } from '#events/values.ts';
import type { EventToStore } from '#store/store.ts';

const FIRST_DAY = 14_610; // 2010-01-01
const KINDS = ['PRICE', 'EXCLUSIVITY', 'LICENCE', 'WARRANTY', 'DURATION', 'NOTICE'];
const TERMS = 10;
const PARTIES = 2_000;

/** @param command what it comes of: all events of a paper of the same */
const made = (type: EventType, data: object, command: string): EventToStore => {
  const metadata = { by: 'bench', commandId: command, correlationId: command };
  // Only measured, never read by anybody: the payloads below have the shape of their events.
  return encode({ id: randomUUID(), type, data, metadata } as unknown as Event);
};

const factsIn = (seed: number) => ({
  price: { money: { amount: String((seed * 7_919) % 10_000), currency: 'EUR' } },
  through: { date: isoDay(FIRST_DAY + ((seed * 104_729) % 7_000)) },
});

/** One of many agreements: terms of several kinds, amended in the order of their days, three to a paper. */
export const portfolioEvents = (number: number, events: number): readonly EventToStore[] => {
  const parties = [number % PARTIES, (number * 31 + 7) % PARTIES].map((one) => ({
    partyId: `party-${one}`,
    name: `Party ${one}`,
  }));
  const paper = (n: number, day: number): EventToStore => {
    const sources = [{ title: 'Source', grade: GRADES[(number + n) % GRADES.length] }];
    const ids = { instrumentId: `paper-${n}`, kind: 'AMENDMENT', title: 'Paper' };
    return made('InstrumentRecorded', { ...ids, executedAt: isoDay(day), sources }, `paper-${n}`);
  };
  const terms = Array.from({ length: TERMS }, (_, i) =>
    made(
      'TermAdded',
      {
        changeId: `paper-0/addTerm:t${i}`,
        instrumentId: 'paper-0',
        termId: `t${i}`,
        kind: KINDS[(number + i) % KINDS.length],
        heading: `Term ${i}`,
        prose: 'The price is due on the first day of each month, in advance.',
        facts: factsIn(number * 100 + i),
      },
      'paper-0',
    ),
  );
  const title = `Agreement ${(number * 7_919) % 10_007}`;
  const own = { agreementId: `a${number}`, title, timeZone: 'UTC', parties };
  const head = made('AgreementRecorded', own, 'agreement');
  const list = [head, paper(0, FIRST_DAY + (number % 365)), ...terms];
  for (let n = 1; list.length < events; n++) {
    const day = FIRST_DAY + 400 + n * 60 + (number % 50);
    const amendments = Array.from({ length: 3 }, (_, i) =>
      made(
        'TermAmended',
        {
          changeId: `paper-${n}/${i}`,
          instrumentId: `paper-${n}`,
          termId: `t${(n * 3 + i) % TERMS}`,
          values: { facts: { price: factsIn(number * 100 + n * 3 + i).price } },
          ...(n % 7 === 0 && { expects: { facts: { price: factsIn(number).price } } }),
        },
        `paper-${n}`,
      ),
    );
    list.push(...[paper(n, day), ...amendments].slice(0, events - list.length));
  }
  return list;
};
