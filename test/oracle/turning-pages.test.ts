import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { day, isoDay } from '#events/days.ts';
import type { EventType } from '#events/event.ts';
import { agreementId } from '#events/values.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { answerOn } from '#projections/fold/answer.ts';
import { PlainRecord } from '#projections/fold/plain-record.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import { viewOf } from '#projections/scenes.ts';
import { paper, recorded, type Told, told } from '../projections/record.ts';
import { STRANGE, type Turning, turningPages } from './turning-pages.ts';

const DEAL = agreementId.parse('deal');

/** How many changes are left out of the answer to a point that sees all of them. */
const leftOut = ({ events }: Turning): number => {
  const view = viewOf(events, {});
  const behind = new PlainRecord(events).behind({ ...view, day: 1_000_000 });
  return behind?.reduce((sum, one) => sum + one, 0) ?? 0;
};

const agree = (pages: fc.Arbitrary<Turning>, numRuns: number): number[] => {
  const many: number[] = [];
  const property = fc.property(pages, (turning) => {
    const history = historyOf(DEAL, turning.events);
    for (const at of turning.questions) {
      const folded = answerOn(history.scene(at), at, DEAL);
      expect(JSON.stringify(stateAt(history, at))).toBe(JSON.stringify(folded));
    }
    many.push(leftOut(turning));
  });
  // Documents are long, and a smaller one would mostly leave nothing out.
  void fc.assert(property, { numRuns, endOnFailure: true });
  return many;
};

test('where terms come and go a state without their past lives is byte for byte the one with them', () => {
  const many = agree(turningPages(), 20);
  expect(many.filter((n) => n > 0).length).toBeGreaterThan(5);
});

test.each(STRANGE)('so it is where some versions are strange: %s', (strange) => {
  agree(turningPages(strange), 12);
});

/** The n-th day; a version of that day stands in its place in the source's own order. */
const on = (n: number) => isoDay(18_000 + n);
let order = 0;
const version = (n: number, ...parts: readonly (readonly [EventType, object])[]): Told[] => {
  order += 1;
  const dates = { announcedAt: on(n), executedAt: on(n), effectiveFrom: on(n), sourceOrder: order };
  const named = parts.map(([type, data], part) => [type, `${part}`, { ...data }] as const);
  return paper(on(n), `v${order}`, dates, ...named);
};

const add = (termId: string, dates = {}) =>
  ['TermAdded', { termId, kind: 'OTHER', prose: `${termId} anew`, ...dates }] as const;
const remove = (termId: string) => ['TermRemoved', { termId }] as const;
const replace = (from: string, to: string) =>
  [
    'TermsReplaced',
    { from: [from], to: [{ termId: to, kind: 'OTHER', prose: 'For it' }] },
  ] as const;

/** A hundred and one times in and out again, up to the day 202. */
const turns = (termId: string): Told[] => {
  order = 0;
  return Array.from({ length: 101 }, (_, n) => [
    ...version(2 * n, add(termId)),
    ...version(2 * n + 1, remove(termId)),
  ]).flat();
};

const settled = { code: 'SOURCE_CONTRADICTION', changes: ['v1/0', 'v203/0'], winner: 'v1/0' };

test.each<[string, Told[], asked: number]>([
  [
    'a conflict was settled for a change of long ago',
    [
      ...turns('t'),
      ...version(204, add('t')),
      told(on(205), 'ConflictResolved', { ...settled, rationale: 'so agreed' }),
    ],
    206,
  ],
  [
    'the last life lasted no day',
    [...turns('t'), ...version(204, add('t')), ...version(204, remove('t'))],
    206,
  ],
  [
    'a term of a vague day is replaced',
    [
      ...version(0, add('x', { effectiveFrom: on(210).slice(0, 7) })),
      ...turns('t'),
      ...version(212, replace('x', 't')),
    ],
    213,
  ],
  [
    'a replacement waits for a term of the same day',
    [
      ...turns('t'),
      ...version(204, replace('x', 't'), remove('t'), add('t'), add('x'), remove('t')),
      ...version(205, add('t')),
    ],
    206,
  ],
  [
    'a term replaces itself',
    [
      ...turns('t'),
      ...version(204, replace('t', 't')),
      ...version(204, remove('t'), add('t'), remove('t')),
      ...version(206, add('t')),
    ],
    207,
  ],
])('a state is the same where %s', (_, happened, asked) => {
  const events = recorded(happened);
  const at: Coordinates = { effectiveOn: day.parse(on(asked)) };
  const history = historyOf(DEAL, events);
  const folded = answerOn(history.scene(at), at, DEAL);
  expect(JSON.stringify(stateAt(history, at))).toBe(JSON.stringify(folded));
});
