import { expect, test } from 'vitest';
import type { Views } from '#app/app.ts';
import { question } from '#app/question.ts';
import { condition } from '#projections/bisect/condition.ts';
import { DEAL } from '../graphql/deal.ts';
import { openTestApp } from './open-test-app.ts';

const ID = 'cloud-deal';
const TERM = 'ip.agi-clause';
const ON = { effectiveOn: '2025-02-01' };
const plain = question.parse(ON);
const supposed = question.parse({
  ...ON,
  assume: { claims: ['agi-rumour'], scheduled: true, prospective: true },
});
const inForce = condition.parse({ inForce: TERM });

/** Every question about one agreement. */
const all = (views: Views, at: typeof plain) =>
  Promise.all([
    views.stateAt(ID, at),
    views.diff(ID, plain, at),
    views.versions(ID, at),
    views.timeline(ID, at),
    views.claims(ID, at),
    views.term(ID, TERM, at),
    views.explain(ID, at, TERM),
    views.bisect(ID, at, inForce),
    views.lineage(ID, at, TERM),
    views.trackRecords('CLAIMANT', at),
  ]);

test('what a question assumes leaks into no other answer, whatever is asked before', async () => {
  await using house = await openTestApp('2025-03-01T00:00:00Z');
  await using fresh = await openTestApp('2025-03-01T00:00:00Z');
  for (const [type, input] of DEAL) {
    await house.record(type, input);
    await fresh.record(type, input);
  }
  const assumed = await all(house.app.views, supposed);
  const asked = await all(house.app.views, plain);
  expect(asked).toEqual(await all(fresh.app.views, plain));
  expect(await all(house.app.views, supposed)).toEqual(assumed);
  expect(await all(house.app.views, plain)).toEqual(asked);
  expect(assumed[0]?.state.terms.map(({ termId }) => termId)).not.toContain(TERM);
  expect(asked[0]?.state.terms.map(({ termId }) => termId)).toContain(TERM);
});

test('what is assumed alters neither the stretches of days, nor lineage, nor track records', async () => {
  await using house = await openTestApp('2025-03-01T00:00:00Z');
  for (const [type, input] of DEAL) await house.record(type, input);
  const { views } = house.app;
  expect(await views.bisect(ID, supposed, inForce)).toEqual(await views.bisect(ID, plain, inForce));
  expect(await views.lineage(ID, supposed, TERM)).toEqual(await views.lineage(ID, plain, TERM));
  expect(await views.trackRecords('CLAIMANT', supposed)).toEqual(
    await views.trackRecords('CLAIMANT', plain),
  );
});
