import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDay, parseDay } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import { agreementId } from '#events/values.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import { randomHistory } from './random-history.ts';

const DEAL = agreementId.parse('deal');
const RUNS = { numRuns: 400 };

const ask = (events: readonly Recorded[], at: Coordinates) => stateAt(historyOf(DEAL, events), at);

const operation = (events: readonly Recorded[], type: string, data: object): Recorded => {
  const last = events.at(-1);
  const position = (last?.position ?? 0) + 1;
  const id = `e${position}`;
  // Tests write events as the log would hold them.
  return { ...last, id, type, data, revision: position, position } as unknown as Recorded;
};

const holds = (law: (events: readonly Recorded[], at: Coordinates) => void): void => {
  const property = fc.property(randomHistory, ({ events, questions }) => {
    for (const at of questions) law(events, at);
  });
  // A synchronous property is asserted at once; the types of fast-check leave both open.
  void fc.assert(property, RUNS);
};

const withoutEnd = ({ position: _, knownAt: __, ...at }: Coordinates): Coordinates => at;

describe('the laws of the fold', () => {
  test('what is recorded later never changes an answer with an earlier position', () => {
    holds((events, at) => {
      const position = Math.ceil(events.length / 2);
      const known = { ...at, position };
      expect(ask(events, known)).toEqual(ask(events.slice(0, position), known));
    });
  });

  test('what is recorded later never changes an answer with an earlier knownAt', () => {
    holds((events, at) => {
      if (at.knowledge === 'PUBLIC' || at.knownAt === undefined) return;
      const day = parseDay(at.knownAt.slice(0, 10));
      const limit = Date.parse(`${isoDay(day + 1)}T12:00:00Z`);
      const known = events.filter(({ recordedAt }) => recordedAt < limit);
      expect(ask(events, at)).toEqual(ask(known, at));
    });
  });

  test('a retraction and its retraction change nothing', () => {
    holds((events, at) => {
      const target = events.find((e) => !e.type.startsWith('Record'));
      if (target === undefined) return;
      const asked = withoutEnd(at);
      const one = operation(events, 'RecordRetracted', { target: target.id, reason: 'wrong' });
      const away = [...events, one];
      const two = operation(away, 'RecordRetracted', { target: one.id, reason: 'right' });
      expect(ask([...away, two], asked)).toEqual(ask(events, asked));
    });
  });

  test('executedBy far in the future equals none', () => {
    holds((events, at) => {
      const { executedBy: _, ...never } = at;
      const far = { ...never, executedBy: isoDay(parseDay('9000-01-01')) };
      const known = ask(events, never);
      expect(ask(events, far)).toEqual(known);
    });
  });

  test('an answer does not depend on what was asked before', () => {
    const property = fc.property(randomHistory, ({ events, questions }) => {
      const history = historyOf(DEAL, events);
      for (const at of questions) stateAt(history, at);
      for (const at of questions) expect(stateAt(history, at)).toEqual(ask(events, at));
    });
    void fc.assert(property, RUNS);
  });
});
