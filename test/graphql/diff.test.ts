import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../server/test-server.ts';
import { DEAL } from './deal.ts';

let deal: TestServer;
beforeAll(async () => {
  deal = await openTestServer();
  deal.at('2025-03-01T00:00:00Z');
  for (const [type, input] of DEAL) await deal.record(type, input);
  await deal.record('RecordInstrument', {
    agreement: 'cloud-deal',
    instrument: { id: 'price', kind: 'AMENDMENT', title: 'Price', executedAt: '2024-02-01' },
    changes: [
      {
        amendTerm: {
          termId: 'compute.exclusivity',
          values: {
            prose: 'The lab may use no other cloud.',
            facts: { price: { money: { amount: '90', currency: 'USD' } } },
          },
        },
      },
    ],
  });
});
afterAll(() => deal[Symbol.asyncDispose]());

const DIFF = `query Diff($from: QuestionInput!, $to: QuestionInput!) { agreement(id: "cloud-deal") { diff(from: $from, to: $to) {
  from { effectiveOn } to { effectiveOn }
  entries { kind effect matchedBy term { from { termId prose } to { termId heading } }
    fields { name old new } facts { name old new oldFact { amount } newFact { amount } delta { text amount currency } }
    words { op text } dates { what old new days } standing { old new } certain { old new }
    material materiality { flag rule removed added facts } causedBy { changeId instrument { title } }
    revisions { how } leaves { termId } takes { termId } } } } }`;

const diff = async (from: object, to: object) => {
  const { body } = await deal.ask(DIFF, { from, to });
  expect(body.errors).toBeUndefined();
  return body.data.agreement.diff;
};

describe('a diff', () => {
  it('of an amended term shows its words, its facts, why they matter, and what did it', async () => {
    const { entries } = await diff({ effectiveOn: '2024-01-31' }, { effectiveOn: '2024-02-01' });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      kind: 'AMENDED',
      matchedBy: 'ID',
      words: [
        { op: 'EQUAL' },
        { op: 'DELETE', text: 'shall' },
        { op: 'INSERT', text: 'may' },
        { op: 'EQUAL' },
      ],
      facts: [
        {
          name: 'price',
          old: '100 USD',
          new: '90 USD',
          oldFact: { amount: '100' },
          delta: { text: '-10 USD', amount: '-10', currency: 'USD' },
        },
      ],
      material: expect.arrayContaining(['MONEY', 'MODALITY']),
      causedBy: [
        { changeId: 'price/amendTerm:compute.exclusivity', instrument: { title: 'Price' } },
      ],
    });
    const money = entries[0].materiality.find((one: { flag: string }) => one.flag === 'MONEY');
    expect(money.facts).toEqual(['price']);
  });

  it('of a replaced term shows both sides and the change between them', async () => {
    const { entries } = await diff({ version: 1 }, { effectiveOn: '2025-01-21' });
    expect(entries).toMatchObject([
      {
        kind: 'REPLACED',
        matchedBy: 'LINEAGE',
        term: {
          from: [{ termId: 'compute.exclusivity' }],
          to: [{ termId: 'compute.rofr', heading: 'First refusal' }],
        },
        causedBy: [{ changeId: 'first-refusal/replaceTerms:compute.exclusivity' }],
      },
    ]);
  });

  it('names the change of the older side where the newer one knows it no more', async () => {
    const { entries } = await diff(
      { effectiveOn: '2025-01-21' },
      { effectiveOn: '2025-01-20', knownAt: '2025-02-28' },
    );
    const ids = entries.flatMap((one: { causedBy: { changeId: string }[] }) =>
      one.causedBy.map(({ changeId }) => changeId),
    );
    expect(ids).toContain('first-refusal/replaceTerms:compute.exclusivity');
  });

  it('of a point with itself is empty', async () => {
    const at = { effectiveOn: '2025-02-01' };
    expect((await diff(at, at)).entries).toEqual([]);
  });
});
