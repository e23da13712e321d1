import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreementId } from '#events/values.ts';
import { answerOn } from '#projections/fold/answer.ts';
import { PlainRecord } from '#projections/fold/plain-record.ts';
import { historyOf, stateAt } from '#projections/history.ts';
import { viewOf } from '#projections/scenes.ts';
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
  expect(many.filter((n) => n > 0).length).toBeGreaterThan(10);
});

test.each(STRANGE)('so it is where some versions are strange: %s', (strange) => {
  agree(turningPages(strange), 12);
});
