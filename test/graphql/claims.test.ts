import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../server/test-server.ts';
import { DEAL } from './deal.ts';

let deal: TestServer;
beforeAll(async () => {
  deal = await openTestServer();
  deal.at('2025-03-01T00:00:00Z');
  for (const [type, input] of DEAL) await deal.record(type, input);
  const agreement = 'cloud-deal';
  const sources = [{ title: 'Note', publisher: 'Wire', grade: 'NAMED_SOURCE' }];
  const said = { agreement, claimId: 'agi-rumour' };
  await deal.record('AssessClaim', {
    ...said,
    ...{ stance: 'DENIED', by: 'Lab', on: '2024-12-16', sources, note: 'not true' },
  });
});
afterAll(() => deal[Symbol.asyncDispose]());

const agreement = async (fields: string) =>
  (await deal.ask(`{ agreement(id: "cloud-deal") { ${fields} } }`, {})).body.data.agreement;

describe('what if by claims', () => {
  const ENTRIES = `entries { kind term { from { termId } to { termId } } changeIds causedBy { changeId } }
    from { assume { claims } } to { assume { claims } }`;
  const diff = async (from: string, to: string) =>
    (
      await agreement(`diff(from: { effectiveOn: "2025-02-01" ${from} }, to: { effectiveOn: "2025-02-01" ${to} }) {
      ${ENTRIES} }`)
    ).diff;

  it('a difference shows what would change, and which claim it assumes', async () => {
    const assumed = await diff('', 'assume: { claims: ["agi-rumour"] }');
    expect(assumed.entries).toMatchObject([
      {
        kind: 'REMOVED',
        term: { from: [{ termId: 'ip.agi-clause' }], to: [] },
        changeIds: ['agi-rumour/1'],
        causedBy: [],
      },
    ]);
    expect(assumed.to.assume.claims).toEqual(['agi-rumour']);
    expect(assumed.from.assume).toBeNull();
    expect((await diff('assume: { claims: ["agi-rumour"] }', '')).entries).toMatchObject([
      { kind: 'ADDED' },
    ]);
    expect((await diff('', '')).entries).toEqual([]);
  });

  it('prospective changes can be assumed too', async () => {
    const { entries } = await diff('', 'assume: { prospective: true }');
    expect(entries).toMatchObject([{ kind: 'ADDED', term: { to: [{ termId: 'equity' }] } }]);
  });
});

describe('claims', () => {
  it('have a record of who said what', async () => {
    const { claims } = await agreement(`claims(at: { effectiveOn: "2025-01-05" }) { records {
      claim { claimId open denied } openDays
      steps { what on by stage note afterDays sources { title publisher } settledBy { changeId } } } }`);
    expect(claims.records).toEqual([
      {
        claim: { claimId: 'agi-rumour', open: true, denied: true },
        openDays: 30,
        steps: [
          {
            ...{ what: 'REPORTED', on: '2024-12-06', by: 'A paper', stage: 'RUMOURED' },
            ...{ note: null, afterDays: 0, sources: [], settledBy: [] },
          },
          {
            ...{ what: 'DENIED', on: '2024-12-16', by: 'Lab', stage: null, note: 'not true' },
            ...{ afterDays: 10, sources: [{ title: 'Note', publisher: 'Wire' }], settledBy: [] },
          },
        ],
      },
    ]);
  });

  it('make a track record of each source over all agreements', async () => {
    const ask = async (args: string) =>
      (
        await deal.ask(
          `{ trackRecords${args} { sources { name reported open confirmed medianLeadDays } position knownAt } }`,
          {},
        )
      ).body.data.trackRecords;
    const { sources, position } = await ask('');
    expect(sources).toEqual([
      { name: 'A paper', reported: 1, open: 1, confirmed: 0, medianLeadDays: null },
    ]);
    expect(position).toBeGreaterThan(5);
    expect((await ask('(of: PUBLISHER)')).sources).toEqual([]);
    expect((await ask('(at: { effectiveOn: "2024-01-01" })')).sources).toEqual([]);
  });
});
