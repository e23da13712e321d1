import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDay, parseDay } from '#events/days.ts';
import { isChange, type Recorded } from '#events/event.ts';
import { agreementId } from '#events/values.ts';
import { Agenda } from '#projections/agenda.ts';
import type { Dated } from '#projections/fold/dates.ts';
import { Fates } from '#projections/fold/fate.ts';
import { type History, historyOf } from '#projections/history.ts';
import { randomHistory } from './random-history.ts';

const DEAL = agreementId.parse('deal');
const RUNS = { numRuns: 1500 };

const holds = (law: (events: readonly Recorded[]) => void): void => {
  void fc.assert(
    fc.property(randomHistory, ({ events }) => law(events)),
    RUNS,
  );
};

/** The days of a change and whether it stands on some of them, as known up to a position. */
const decided = (history: History, changeId: string, position: number) => {
  const scene = history.scene({ effectiveOn: isoDay(0), position });
  const dated = scene.view.find(({ change }) => change.changeId === changeId);
  if (dated === undefined) return undefined;
  const { range, start, end, from, until, executedOn, waits } = dated;
  const days = [from, until, start.earliest, end.earliest, start.latest + 30];
  const fates = days.map((day) => standing(new Fates(scene.arrows, day), dated));
  return { range, start, end, from, until, executedOn, waits, fates };
};

const standing = (fates: Fates, dated: Dated) => [
  fates.voidedBy(dated)?.change.changeId,
  fates.displacedBy(dated)?.change.changeId,
];

const changesIn = (events: readonly Recorded[]) =>
  events.filter(isChange).map(({ data }) => data.changeId);

describe('the links of a history', () => {
  test('the part about a change decides its days and its fate as the whole does', () => {
    holds((events) => {
      const whole = historyOf(DEAL, events);
      for (const changeId of changesIn(events)) {
        const part = whole.part(changeId);
        for (const position of [events.length, Math.ceil(events.length / 2)]) {
          expect(decided(part, changeId, position)).toEqual(decided(whole, changeId, position));
        }
      }
    });
  });

  test('no event moves a change that it is not said to touch', () => {
    holds((events) => {
      const history = historyOf(DEAL, []);
      for (const event of events) {
        history.record(event);
        const touched = new Set(history.links.touchedBy(event, event));
        const others = changesIn(history.events).filter((changeId) => !touched.has(changeId));
        const now = others.map((changeId) => decided(history, changeId, event.position));
        const before = others.map((changeId) => decided(history, changeId, event.position - 1));
        expect(now).toEqual(before);
      }
    });
  });
});

/** The random histories with a command for each paper, so that its events are one append. */
const inAppends = (events: readonly Recorded[]): readonly Recorded[] => {
  let commandId = '';
  return events.map((event) => {
    if (!isChange(event)) ({ commandId } = event.metadata);
    return { ...event, metadata: { ...event.metadata, commandId } } as Recorded;
  });
};

describe('an agenda', () => {
  test('holds the same days ahead and turns, whether it looks at every change or only where it must', () => {
    const never = { holds: () => false, operate: () => undefined };
    let ahead = 0;
    holds((random) => {
      const events = inAppends(random);
      const history = historyOf(DEAL, events);
      const [quick, thorough] = [new Agenda(), new Agenda(never)];
      for (const agenda of [quick, thorough]) agenda.catchUp(history, events.length);
      const span = [0, parseDay('2100-01-01')] as const;
      for (const { position } of events) {
        const entries = thorough.ahead(position, ...span);
        ahead += entries.length;
        expect(new Set(quick.ahead(position, ...span))).toEqual(new Set(entries));
        const news = (agenda: Agenda) =>
          agenda
            .turnsAt(position)
            .filter(({ before, now }) => before !== undefined || now !== undefined);
        expect(news(quick)).toEqual(news(thorough));
      }
    });
    expect(ahead).toBeGreaterThan(1_000);
  });
});
