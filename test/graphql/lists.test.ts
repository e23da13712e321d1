import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../server/test-server.ts';
import { DEAL } from './deal.ts';

let deal: TestServer;
const OTHERS = ['b-lease', 'd-loan', 'e-supply'];
beforeAll(async () => {
  deal = await openTestServer();
  deal.at('2025-03-01T00:00:00Z');
  for (const [type, input] of DEAL) await deal.record(type, input);
  for (const agreement of OTHERS) {
    const parties = [{ partyId: 'owner', name: 'Owner' }];
    await deal.record('RecordAgreement', { agreement, title: agreement, timeZone: 'UTC', parties });
  }
});
afterAll(() => deal[Symbol.asyncDispose]());

const ask = async (query: string) => (await deal.ask(query)).body;
type Edge = { readonly cursor: string; readonly node: { readonly id: string } };

/** Every node of a connection, page by page. */
const walk = async (field: string, first: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  let after = '';
  for (;;) {
    const args = `first: ${first}${after === '' ? '' : `, after: "${after}"`}`;
    const { data } = await ask(
      `{ list: ${field}(${args}) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
    );
    const { edges, pageInfo } = data.list;
    ids.push(...edges.map(({ node }: Edge) => node.id));
    expect(pageInfo.hasPreviousPage).toBe(after !== '');
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor);
    if (!pageInfo.hasNextPage) return ids;
    after = pageInfo.endCursor;
  }
};

describe('the agreements', () => {
  it.each([1, 3, 100])(
    'come in pages of %i, each agreement once, in order of id',
    async (first) => {
      expect(await walk('agreements', first)).toEqual([
        'b-lease',
        'cloud-deal',
        'd-loan',
        'e-supply',
      ]);
    },
  );

  it('can be asked by party and by a kind of term in force on a day', async () => {
    const found = async (args: string) =>
      (await ask(`{ agreements(${args}) { totalCount nodes { id } } }`)).data.agreements;
    expect(await found('party: "lab"')).toEqual({ totalCount: 1, nodes: [{ id: 'cloud-deal' }] });
    const on = (day: string) => found(`termKind: "EXCLUSIVITY", at: { effectiveOn: "${day}" }`);
    expect((await on('2024-06-01')).totalCount).toBe(1);
    expect((await on('2025-06-01')).totalCount).toBe(0);
  });
});

describe('the portfolio', () => {
  const PRICED =
    'filter: { term: { kind: "EXCLUSIVITY", evidence: { atMost: INFERRED }, facts: [{ name: "price", money: { currency: "USD", above: "99.99" } }] } }';
  const at = 'at: { effectiveOn: "2024-06-01" }';

  it('says which terms and facts fulfil what is asked', async () => {
    const { data } = await ask(
      `{ agreements(${PRICED}, ${at}) { totalCount nodes { id match { title standing endsOn parties termCount terms { termId standing kind evidence facts { name kind unit value } } } } } }`,
    );
    expect(data.agreements).toEqual({
      totalCount: 1,
      nodes: [
        {
          id: 'cloud-deal',
          match: {
            title: 'Cloud deal',
            standing: 'IN_FORCE',
            endsOn: null,
            parties: ['cloud', 'lab'],
            termCount: 2,
            terms: [
              {
                termId: 'compute.exclusivity',
                standing: 'IN_FORCE',
                kind: 'EXCLUSIVITY',
                evidence: 'INFERRED',
                facts: [{ name: 'price', kind: 'MONEY', unit: 'USD', value: '100' }],
              },
            ],
          },
        },
      ],
    });
  });

  it('comes in pages that know nothing recorded after the first, by any order', async () => {
    const order = 'orderBy: { by: TITLE, descending: true }';
    const page = async (after: string) =>
      (
        await ask(
          `{ agreements(${order}, first: 2${after}) { totalCount nodes { id } pageInfo { endCursor hasNextPage hasPreviousPage } } }`,
        )
      ).data.agreements;
    const first = await page('');
    expect(first.nodes).toEqual([{ id: 'e-supply' }, { id: 'd-loan' }]);
    const parties = [{ partyId: 'owner', name: 'Owner' }];
    const agreement = 'c-late';
    await deal.record('RecordAgreement', { agreement, title: agreement, timeZone: 'UTC', parties });
    const second = await page(`, after: "${first.pageInfo.endCursor}"`);
    expect(second.nodes).toEqual([{ id: 'cloud-deal' }, { id: 'b-lease' }]);
    expect(second).toMatchObject({
      totalCount: 4,
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    expect((await page('')).totalCount).toBe(5);
    const other = await ask(
      `{ agreements(party: "owner", after: "${first.pageInfo.endCursor}") { totalCount } }`,
    );
    expect(other.errors?.[0]?.extensions.code).toBe('BAD_CURSOR');
  });

  it.each([
    ['filter: { term: { facts: [{ name: "price" }] } }', /exactly one of money/],
    ['orderBy: { by: FACT }', /goes by the first fact/],
    ['filter: { term: { facts: [{ percent: { above: "a lot" } }] } }', /decimal/],
    ['termKind: "exclusivity"', /capitals/],
  ])('refuses %s, and says what would be right', async (args, message) => {
    const { errors } = await ask(`{ agreements(${args}) { totalCount } }`);
    expect(errors?.[0]?.extensions.code).toBe('BAD_QUESTION');
    expect(errors?.[0]?.message).toMatch(message);
  });
});

describe('the impact of a change', () => {
  const impactOf = async (of: string) =>
    (
      await ask(
        `{ agreement(id: "cloud-deal") { impact(of: "${of}", at: { effectiveOn: "2024-06-01" }) { kinds parties agreements { id title parties terms { termId kind } } } } }`,
      )
    ).data.agreement.impact;

  it('names the others with a party and a kind of term in common, and no others', async () => {
    const lab = { partyId: 'lab', name: 'Lab' };
    const paper = async (agreement: string, parties: readonly object[], kind: string) => {
      const head = { agreement, title: agreement, timeZone: 'UTC', parties };
      await deal.record('RecordAgreement', head);
      await deal.record('RecordInstrument', {
        agreement,
        instrument: { id: 'original', kind: 'ORIGINAL', title: 'Paper', executedAt: '2024-01-01' },
        changes: [{ addTerm: { termId: 'bound', kind } }],
      });
    };
    await paper('f-shares', [lab], 'EXCLUSIVITY');
    await paper('g-other-kind', [lab], 'PRICE');
    await paper('h-other-party', [{ partyId: 'x', name: 'X' }], 'EXCLUSIVITY');
    expect(await impactOf('first-refusal')).toEqual({
      kinds: ['EQUITY', 'EXCLUSIVITY', 'RIGHT_OF_FIRST_REFUSAL'],
      parties: ['cloud', 'lab'],
      agreements: [
        {
          id: 'f-shares',
          title: 'f-shares',
          parties: ['lab'],
          terms: [{ termId: 'bound', kind: 'EXCLUSIVITY' }],
        },
      ],
    });
    expect(await impactOf('nothing')).toBeNull();
    const { data, errors } = await ask(
      '{ agreement(id: "cloud-deal") { impact(of: "first-refusal", at: { asOf: "2025-03-01T00:00:00Z" }) { kinds agreements { id } } } }',
    );
    // Of what was public by then: the others never announced anything.
    expect(errors).toBeUndefined();
    expect(data.agreement.impact).toEqual({
      kinds: ['EQUITY', 'RIGHT_OF_FIRST_REFUSAL'],
      agreements: [],
    });
  });
});

describe('the events', () => {
  it('come in pages, over the whole log and of one agreement', async () => {
    const log = await walk('events', 4);
    expect(log).toHaveLength(
      (await deal.app.views.events({ after: 0, first: 1_000 })).events.length,
    );
    expect(new Set(log).size).toBe(log.length);
    const { data } = await ask(
      '{ agreement(id: "cloud-deal") { events(first: 2) { nodes { type revision } pageInfo { endCursor } } } }',
    );
    expect(data.agreement.events.nodes).toEqual([
      { type: 'AgreementRecorded', revision: 1 },
      { type: 'InstrumentRecorded', revision: 2 },
    ]);
  });

  it('are found by id, whole', async () => {
    const [first = ''] = await walk('events', 1);
    const { data } = await ask(
      `{ event(id: "${first}") { id type agreement revision position recordedAt data problem } none: event(id: "x") { id } }`,
    );
    expect(data).toMatchObject({
      event: {
        id: first,
        type: 'AgreementRecorded',
        agreement: 'cloud-deal',
        revision: 1,
        recordedAt: '2025-03-01T00:00:00.000Z',
        data: { title: 'Cloud deal' },
        problem: null,
      },
      none: null,
    });
  });
});

describe('a page', () => {
  it.each(['agreements(first: 101)', 'agreements(first: -1)', 'events(first: 2000000)'])(
    'of %s is too large',
    async (field) => {
      const { errors } = await ask(`{ ${field} { nodes { id } } }`);
      expect(errors?.[0]?.extensions.code).toBe('PAGE_TOO_LARGE');
    },
  );

  it.each(['agreements', 'events'])('of %s begins at no cursor of another list', async (field) => {
    const other = field === 'events' ? 'agreements' : 'events';
    const { data } = await ask(`{ ${other}(first: 1) { pageInfo { endCursor } } }`);
    for (const cursor of [data[other].pageInfo.endCursor, 'rubbish', '']) {
      const { errors } = await ask(`{ ${field}(after: "${cursor}") { nodes { id } } }`);
      expect(errors?.[0]?.extensions.code).toBe('BAD_CURSOR');
    }
  });
});
