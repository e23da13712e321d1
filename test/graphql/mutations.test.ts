import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../server/test-server.ts';

let served: TestServer;
beforeEach(async () => {
  served = await openTestServer();
});
afterEach(() => served[Symbol.asyncDispose]());

const RESULT = `__typename
  ... on Accepted { revision position duplicate events { id type revision agreement data metadata { by commandId correlationId } } }
  ... on Rejected { revision rejections { code message path } }
  ... on RevisionConflict { expected actual meanwhile { type revision } }`;

const give = async (name: string, input: object, more: object = {}) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { body } = await served.ask(
    `mutation Give($input: ${type}!, $commandId: ID, $expectedRevision: Int) {
      result: ${name}(input: $input, commandId: $commandId, expectedRevision: $expectedRevision) { ${RESULT} }
    }`,
    { input, ...more },
  );
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data.result;
};

const agreement = 'lease';
const HEAD = {
  agreement,
  title: 'Lease',
  timeZone: 'UTC',
  parties: [{ partyId: 'owner', name: 'Owner' }],
};
const ADD_RENT = {
  addTerm: {
    termId: 'rent',
    kind: 'PAYMENT',
    prose: 'Monthly.',
    facts: { rent: { money: { amount: '100', currency: 'EUR' } }, indexed: true },
  },
};
const paper = (id: string, ...changes: object[]) => ({
  agreement,
  instrument: { id, kind: 'AMENDMENT', title: id, executedAt: '2024-05-01' },
  changes,
});
const terms = async () =>
  (
    await served.ask(
      `{ agreement(id: "lease") { state(at: { effectiveOn: "2025-01-01" }) { terms { heading prose facts { name text } } } } }`,
    )
  ).body.data.agreement.state.terms;

describe('a command given through GraphQL', () => {
  it('answers with the events that were appended together, by whom and under which id', async () => {
    await give('recordAgreement', HEAD);
    const accepted = await give('recordInstrument', paper('first', ADD_RENT), { commandId: 'c-1' });
    expect(accepted).toMatchObject({
      __typename: 'Accepted',
      revision: 3,
      duplicate: false,
      events: [
        { type: 'InstrumentRecorded', revision: 2, agreement },
        {
          type: 'TermAdded',
          revision: 3,
          data: { changeId: 'first/addTerm:rent' },
          metadata: { by: 'test', commandId: 'c-1' },
        },
      ],
    });
    expect(await terms()).toEqual([
      {
        heading: null,
        prose: 'Monthly.',
        facts: [
          { name: 'indexed', text: 'true' },
          { name: 'rent', text: '100 EUR' },
        ],
      },
    ]);
  });

  it('can be written out in the query, facts as in an agreement file', async () => {
    await give('recordAgreement', HEAD);
    const { body } = await served.ask(`mutation { recordInstrument(input: {
      agreement: "lease"
      instrument: { id: "first", kind: "ORIGINAL", title: "First", executedAt: "2024", sources: [{ title: "T", grade: NAMED_SOURCE }] }
      changes: [{ addTerm: { termId: "rent", kind: "PAYMENT", facts: { rent: { money: { amount: 100, currency: "EUR" } } },
        effectiveFrom: { onConditions: [{ conditionId: "permit" }], longStop: "2026" } } }]
    }) { ${RESULT} } }`);
    expect(body.data.recordInstrument).toMatchObject({
      __typename: 'Accepted',
      events: [
        {},
        {
          data: {
            facts: { rent: { money: { amount: '100', currency: 'EUR' } } },
            effectiveFrom: { onConditions: [{ conditionId: 'permit' }], longStop: '2026' },
          },
        },
      ],
    });
  });

  it('sent twice under one command id answers the first result and appends once', async () => {
    await give('recordAgreement', HEAD);
    const coverage = { agreement, from: '2024-01-01', observedThrough: '2024-12-31' };
    const first = await give('stateCoverage', coverage, { commandId: 'again' });
    const second = await give('stateCoverage', coverage, { commandId: 'again' });
    expect(second).toMatchObject({ duplicate: true, revision: 2, events: [{ revision: 2 }] });
    expect(second.events[0].id).toBe(first.events[0].id);
  });

  it('at a revision that has moved on tells what happened meanwhile', async () => {
    await give('recordAgreement', HEAD);
    await give('recordInstrument', paper('first', ADD_RENT));
    expect(await give('recordInstrument', paper('second'), { expectedRevision: 1 })).toEqual({
      __typename: 'RevisionConflict',
      expected: 1,
      actual: 3,
      meanwhile: [
        { type: 'InstrumentRecorded', revision: 2 },
        { type: 'TermAdded', revision: 3 },
      ],
    });
  });

  it('that the rules refuse says why, where, and at which revision', async () => {
    await give('recordAgreement', HEAD);
    const rejected = await give(
      'recordInstrument',
      paper('first', ADD_RENT, { removeTerm: { termId: 'rnet' } }),
    );
    expect(rejected).toMatchObject({
      __typename: 'Rejected',
      revision: 1,
      rejections: [{ code: 'NO_SUCH_TERM', path: ['changes', '1', 'removeTerm', 'termId'] }],
    });
    expect(rejected.rejections[0].message).toContain('rnet');
  });

  it('that is none by its form is refused with every mistake and its path at once', async () => {
    const rejected = await give('recordInstrument', {
      ...paper('first', {
        addTerm: {
          termId: 'no good',
          kind: 'PAYMENT',
          effectiveFrom: 'soon',
          facts: { 'x y': {} },
        },
      }),
      agreement: 'le/ase',
    });
    expect(rejected).toMatchObject({ __typename: 'Rejected', revision: null });
    const paths = rejected.rejections.map(({ path }: { path: string[] }) => path.join('.'));
    expect(paths).toEqual(
      expect.arrayContaining([
        'agreement',
        'changes.0.addTerm.termId',
        'changes.0.addTerm.effectiveFrom',
      ]),
    );
    for (const { code } of rejected.rejections) expect(code).toBe('INPUT_DOES_NOT_FIT');
  });

  it('clears a field with null where the command knows null, and leaves it where it does not', async () => {
    await give('recordAgreement', { ...HEAD, description: null });
    await give('recordInstrument', paper('first', ADD_RENT));
    const accepted = await give(
      'recordInstrument',
      paper('second', {
        amendTerm: {
          termId: 'rent',
          note: null,
          values: { heading: 'Rent', prose: null, facts: { indexed: null } },
        },
      }),
    );
    expect(accepted.__typename).toBe('Accepted');
    expect(await terms()).toEqual([
      { heading: 'Rent', prose: null, facts: [{ name: 'rent', text: '100 EUR' }] },
    ]);
  });

  it('carries the id of the request that gave it', async () => {
    const { body } = await served.ask(
      `mutation Give($input: RecordAgreementInput!) { recordAgreement(input: $input) { ${RESULT} } }`,
      { input: HEAD },
      { 'x-request-id': 'request-7' },
    );
    expect(body.data.recordAgreement.events[0].metadata.correlationId).toBe('request-7');
  });

  it('names one verb in each change', async () => {
    const { body, status } = await served.ask(
      `mutation { recordInstrument(input: { agreement: "lease", instrument: { id: "i", kind: "NOTICE", title: "t" },
        changes: [{ removeTerm: { termId: "a" }, leaveParty: { partyId: "b" } }] }) { __typename } }`,
    );
    expect(status).toBe(200);
    expect(body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it.each(['', 'a\nb', 'x'.repeat(2_001)])('refuses a command id that is no line', async (id) => {
    await expect(give('recordAgreement', HEAD, { commandId: id })).rejects.toThrow(
      'BAD_USER_INPUT',
    );
  });
});
