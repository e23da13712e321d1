import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../server/test-server.ts';
import { DEAL } from './deal.ts';

let deal: TestServer;
beforeAll(async () => {
  deal = await openTestServer();
  deal.at('2025-03-01T00:00:00Z');
  for (const [type, input] of DEAL) await deal.record(type, input);
});
afterAll(() => deal[Symbol.asyncDispose]());

const REASON = 'rule section says text changeIds by { instrument { title } } fields day';
const QUERY = `query Why($term: ID!, $at: QuestionInput) { agreement(id: "cloud-deal") {
  explain(term: $term, at: $at) {
    termId term { kind } ended { standing successors }
    reasons { ${REASON} }
    changes { verdict caused change { changeId sources { title grade } } reasons { ${REASON} }
      corrections { of reason fields { name before now } } }
    passages { text change { instrument { title } } } fieldOrigins { name changeId }
    claims { claimId open } lineage { from to } possibly { what } findings { code }
    later { rule changeIds } basis { effectiveOn } } } }`;

const ask = async (term: string, at: object) => (await deal.ask(QUERY, { term, at })).body;
const explain = async (term: string, at: object) => (await ask(term, at)).data.agreement.explain;

describe('explain', () => {
  it('gives each change with its rule, and each passage with its paper', async () => {
    const said = await explain('compute.rofr', { effectiveOn: '2025-02-01' });
    expect(said).toMatchObject({
      termId: 'compute.rofr',
      term: { kind: 'RIGHT_OF_FIRST_REFUSAL' },
      ended: null,
      reasons: [
        {
          rule: 'PREVAILS',
          section: '6.6',
          by: [{ instrument: { title: 'Partnership evolves' } }],
        },
      ],
      changes: [
        {
          verdict: 'WON',
          caused: true,
          change: {
            changeId: 'first-refusal/replaceTerms:compute.exclusivity',
            sources: [{ title: 'Blog', grade: 'PARTY_STATEMENT' }],
          },
          reasons: [{ rule: 'PREVAILS', fields: ['kind', 'heading', 'prose'] }],
        },
      ],
      passages: [
        {
          text: 'The cloud may match any offer.',
          change: { instrument: { title: 'Partnership evolves' } },
        },
      ],
      lineage: [{ from: 'compute.exclusivity', to: 'compute.rofr' }],
      basis: { effectiveOn: '2025-02-01' },
    });
  });

  it('explains what waits, and what a question assumes', async () => {
    const waits = await explain('equity', { effectiveOn: '2025-02-01' });
    expect(waits).toMatchObject({
      term: null,
      reasons: [{ rule: 'NOT_BROUGHT_IN' }],
      changes: [
        { verdict: 'LEFT_OUT', reasons: [{ rule: 'PROSPECTIVE', text: 'it waits for approval' }] },
      ],
    });
    const supposed = await explain('ip.agi-clause', {
      effectiveOn: '2025-02-01',
      assume: { claims: ['agi-rumour'] },
    });
    expect(supposed).toMatchObject({
      term: null,
      ended: { standing: 'REMOVED' },
      reasons: [{ rule: 'REMOVED', changeIds: ['agi-rumour/1'] }, { rule: 'CLAIM_ALTERS_NOTHING' }],
    });
    const plain = await explain('ip.agi-clause', { effectiveOn: '2025-02-01' });
    expect(plain).toMatchObject({ term: { kind: 'IP_LICENCE' }, claims: [{ open: true }] });
  });

  it('says so where no record names the term', async () => {
    const { errors } = await ask('compute.rof', {});
    expect(errors).toMatchObject([
      {
        message: 'No record names a term compute.rof. Did you mean compute.rofr?',
        extensions: { code: 'NO_SUCH_TERM' },
      },
    ]);
  });
});

const BISECT = `query Since($condition: ConditionInput!, $at: QuestionInput) { agreement(id: "cloud-deal") {
  bisect(condition: $condition, at: $at) {
    days { from until } known { from { at position } until { at position } } basis { effectiveOn assume { claims } } } } }`;

const since = async (condition: object, at: object = {}) =>
  (await deal.ask(BISECT, { condition, at })).body;

describe('bisect', () => {
  it('gives the stretches of days and of knowledge in which a condition holds', async () => {
    const { data } = await since({ inForce: 'compute.exclusivity' }, { effectiveOn: '2024-01-01' });
    expect(data.agreement.bisect).toMatchObject({
      days: [{ from: '2023-01-23', until: '2025-01-21' }],
      known: [{ from: { at: '2025-03-01T00:00:00.000Z', position: 3 }, until: null }],
      basis: { effectiveOn: '2024-01-01' },
    });
  });

  it('takes what a command line takes: facts, opposites, several', async () => {
    const price = (is: string, amount: string) => ({
      fact: {
        term: 'compute.exclusivity',
        name: 'price',
        is,
        value: { money: { amount, currency: 'USD' } },
      },
    });
    const stretch = [{ from: '2023-01-23', until: '2025-01-21' }];
    expect((await since(price('ABOVE', '99.5'))).data.agreement.bisect.days).toEqual(stretch);
    expect((await since(price('ABOVE', '100'))).data.agreement.bisect.days).toEqual([]);
    const both = { all: [price('EQUALS', '100'), { not: { claimOpen: 'agi-rumour' } }] };
    expect((await since(both)).data.agreement.bisect.days).toEqual([
      { from: '2023-01-23', until: '2024-12-06' },
    ]);
  });

  it('leaves out what a question assumes', async () => {
    const at = { effectiveOn: '2025-02-01', assume: { claims: ['agi-rumour'] } };
    const { data } = await since({ inForce: 'ip.agi-clause' }, at);
    expect(data.agreement.bisect).toMatchObject({
      days: [{ from: '2023-01-23', until: null }],
      basis: { assume: null },
    });
  });

  it('refuses a condition that does not have its form', async () => {
    const kind = await since({ kindInForce: 'exclusivity' });
    expect(kind.errors).toMatchObject([
      { extensions: { code: 'BAD_QUESTION', issues: [{ path: ['kindInForce'] }] } },
    ]);
    const two = await since({ inForce: 'a', applies: 'b' });
    expect(two.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const term = await since({ inForce: 'compute.rof' });
    expect(term.errors).toMatchObject([{ extensions: { code: 'NO_SUCH_TERM' } }]);
  });
});

describe('lineage', () => {
  it('gives both directions, with the papers and what the words share', async () => {
    const { body } = await deal.ask(
      `{ agreement(id: "cloud-deal") { lineage(term: "compute.exclusivity") {
        termId inForce { from until } predecessors { termId } successors { termId inForce { from } }
        edges { from to on kept taken change { instrument { title } } } basis { position } } } }`,
      {},
    );
    expect(body.data.agreement.lineage).toMatchObject({
      inForce: [{ from: '2023-01-23', until: '2025-01-21' }],
      predecessors: [],
      successors: [{ termId: 'compute.rofr', inForce: [{ from: '2025-01-21' }] }],
      edges: [
        {
          on: '2025-01-21',
          change: { instrument: { title: 'Partnership evolves' } },
          kept: expect.any(Number),
        },
      ],
    });
  });
});
