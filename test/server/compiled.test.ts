import { GraphQLError, getNamedType, isEnumType, isObjectType, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { maskedError } from '#graphql/errors.ts';
import { schema } from '#graphql/schema.ts';
import { compilable } from '#server/compilable.ts';
import { type Answered, openTestServer, type TestServer } from './test-server.ts';

const WHOLE = `query Whole($id: ID!, $at: QuestionInput, $first: Int!) {
  agreement(id: $id) {
    id
    state(at: $at) {
      ...Head
      terms { __typename termId kind heading number prose standing facts { name kind text } certain causedBy { changeId terms } }
      scheduled { change { changeId } }
      findings { code message }
      basis { effectiveOn position knowledge uncertain projection coverage { from } }
    }
    nothing: state(at: { effectiveOn: "2001-01-01" }) { terms { termId } empty }
  }
  events(first: $first) { edges { node { type } } }
}
fragment Head on State { title standing parties { partyId name } }`;

const recorded = async (server: TestServer) => {
  await server.record('RecordAgreement', {
    agreement: 'lease',
    title: 'Lease',
    timeZone: 'UTC',
    parties: [{ partyId: 'p', name: 'P' }],
  });
  const rent = { termId: 'rent', kind: 'PRICE', prose: 'Ten.', facts: { days: '10', due: true } };
  await server.record('RecordInstrument', {
    agreement: 'lease',
    instrument: { id: 'one', kind: 'ORIGINAL', title: 'One', executedAt: '2024-01-01' },
    changes: [
      { addTerm: rent },
      { amendTerm: { termId: 'rent', values: { prose: 'Twelve.' }, effectiveFrom: '2030-01-01' } },
    ],
  });
};

/** Compiled code names the place of some errors by their path alone. */
const said = ({ text }: Answered): string => text.replaceAll(/"locations":\[[^\]]*\],/g, '');

type Step = readonly [query: string, variables: object];

const LOG = '{ events(first: 100) { edges { node { id type data } } } }';

/** The answers to all steps and the log behind them; `fresh` makes each document another, so that it is interpreted. */
const answers = async (steps: readonly Step[], fresh: boolean) => {
  await using server = await openTestServer();
  await recorded(server);
  const all: string[] = [];
  for (const [n, [query, variables]] of steps.entries()) {
    const answered = await server.ask(fresh ? `${query} # ${n}` : query, variables);
    all.push(`${answered.status} ${said(answered)}`);
  }
  return [...all, said(await server.ask(LOG))];
};

test('an enum that answers hold has no values but its names, which compiled code writes as they are', () => {
  const answered = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .map(({ type }) => getNamedType(type))
    .filter(isEnumType);
  const values = answered.flatMap((type) => type.getValues());
  expect(values.length).toBeGreaterThan(0);
  expect(values.filter(({ name, value }) => name !== value)).toEqual([]);
});

test('what compiled code refuses to answer is told as a fault of ours', () => {
  const refusal = new GraphQLError('Cannot return null for non-nullable field Term.kind.', {
    path: ['agreement'],
  });
  Object.defineProperty(refusal, 'extensions', { value: undefined });
  const { message, path, extensions } = maskedError(refusal);
  expect(extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', unexpected: true });
  expect([path, message.includes('Term.kind')]).toEqual([['agreement'], false]);
});

describe('a query that comes again, and runs as compiled code then,', () => {
  test.each([
    ['with all that it asks for', { id: 'lease', first: 2 }, undefined],
    ['on another day', { id: 'lease', first: 0, at: { effectiveOn: '2031-01-01' } }, undefined],
    ['of what is not there', { id: 'nowhere', first: 1 }, undefined],
    [
      'with a question that can not be',
      { id: 'lease', first: 2, at: { effectiveOn: 'soon' } },
      'BAD_QUESTION',
    ],
    [
      'with a position that is not reached',
      { id: 'lease', first: 2, at: { position: 99_999 } },
      'POSITION_NOT_REACHED',
    ],
    ['with a variable of another type', { id: 'lease', first: 'two' }, 'BAD_USER_INPUT'],
    ['with a variable that is missing', { first: 2 }, 'BAD_USER_INPUT'],
    [
      'with an input that is unknown',
      { id: 'lease', first: 2, at: { on: '2031-01-01' } },
      'BAD_USER_INPUT',
    ],
  ])('is answered to the byte as the first time, %s', async (_, variables, code) => {
    await using server = await openTestServer();
    await recorded(server);
    const first = await server.ask(WHOLE, variables);
    expect(first.body.errors?.[0]?.extensions.code).toBe(code);
    // With variables that fit, so that it is compiled whatever is asked for.
    for (let n = 0; n < 3; n++) await server.ask(WHOLE, { id: 'lease', first: 2 });
    const again = await server.ask(WHOLE, variables);
    expect([again.status, said(again)]).toEqual([first.status, said(first)]);
  });

  test.each([
    [
      'with a default that may not be null',
      'query ($s: Boolean! = true) { version @include(if: $s) }',
      {},
    ],
    [
      'with a default of an input',
      'query ($id: ID! = "lease", $at: QuestionInput! = { effectiveOn: "2031-01-01" }) { agreement(id: $id) { state(at: $at) { terms { prose } } } }',
      {},
    ],
    [
      'with null for a default',
      'query ($s: Boolean = true) { version @include(if: $s) }',
      { s: null },
    ],
    ['with a default left out', 'query ($s: Boolean = false) { version @skip(if: $s) }', {}],
    ['with another name', 'query A { version }', {}, 'B'],
    ['with an empty name', 'query A { version }', {}, ''],
    ['with its own name', 'query A { version }', {}, 'A'],
  ])('is answered as the first time %s', async (_, query, variables, operationName?: string) => {
    await using server = await openTestServer();
    await recorded(server);
    const ask = async () => {
      const payload = { query, variables, ...(operationName !== undefined && { operationName }) };
      const headers = { host: 'localhost', accept: 'application/json' };
      const { body } = await server.server.inject({
        method: 'POST',
        url: '/graphql',
        headers,
        payload,
      });
      return body.replaceAll(/"locations":\[[^\]]*\],/g, '');
    };
    const first = await ask();
    // Asked as it should be, it is compiled.
    for (let n = 0; n < 3; n++) await server.ask(query, { s: false });
    for (let n = 0; n < 3; n++) expect(await ask()).toBe(first);
  });

  test('stays bound to its variables and to the log', async () => {
    await using server = await openTestServer();
    await recorded(server);
    const prose = async (effectiveOn: string) => {
      const { body } = await server.ask(WHOLE, { id: 'lease', first: 0, at: { effectiveOn } });
      return body.data.agreement.state.terms[0]?.prose;
    };
    for (let n = 0; n < 3; n++) {
      expect(await prose('2029-12-31')).toBe('Ten.');
      expect(await prose('2030-01-01')).toBe('Twelve.');
    }
  });
});

describe('a mutation that comes again, and runs as compiled code then,', () => {
  const RESULT = `__typename
    ... on Accepted { revision position duplicate events { id type revision } }
    ... on Rejected { revision rejections { code message path details } }
    ... on RevisionConflict { expected actual meanwhile { id } }`;
  const RECORD = `mutation Record($input: RecordInstrumentInput!, $commandId: ID, $expected: Int) {
    recordInstrument(input: $input, commandId: $commandId, expectedRevision: $expected) { ${RESULT} }
  }`;
  const TWO = `mutation Two($one: RecordInstrumentInput!, $two: RecordInstrumentInput!) {
    one: recordInstrument(input: $one, commandId: "one") { ${RESULT} }
    two: recordInstrument(input: $two, commandId: "two", expectedRevision: 1) { ${RESULT} }
    three: recordInstrument(input: $one, commandId: "") { ${RESULT} }
  }`;
  const paper = (id: string, prose: unknown, changes?: readonly unknown[]) => ({
    agreement: 'lease',
    instrument: { id, kind: 'AMENDMENT', title: 'Paper', executedAt: '2024-01-01' },
    changes: changes ?? [{ amendTerm: { termId: 'rent', values: { prose } } }],
  });
  const STEPS: readonly Step[] = [
    [RECORD, { input: paper('a', 'A.'), commandId: 'a' }],
    [RECORD, { input: paper('b', 'B.'), commandId: 'b', expected: null }],
    [RECORD, { input: paper('c', 'C.'), commandId: 'c' }],
    [RECORD, { input: paper('c', 'C.'), commandId: 'c' }],
    [RECORD, { input: paper('c', 'D.'), commandId: 'd' }],
    [RECORD, { input: paper('e', null), commandId: 'e' }],
    [RECORD, { input: paper('e', 7), commandId: 'e' }],
    [RECORD, { input: paper('e', 'E.'), commandId: 'e', expected: 1 }],
    [RECORD, { input: paper('e', 'E.'), commandId: '' }],
    [RECORD, { input: paper('e', 'E.', [{ amendTerm: { termId: 'rant' } }]), commandId: 'e' }],
    [RECORD, { input: paper('e', 'E.', [{}]), commandId: 'e' }],
    [RECORD, { input: paper('e', 'E.', [{ raiseTerm: {} }]), commandId: 'e' }],
    [
      RECORD,
      {
        input: paper('e', 'E.', [
          { amendTerm: null, removeTerm: { termId: 'rent', effectiveFrom: '2031-01-01' } },
        ]),
        commandId: 'e',
      },
    ],
    [
      RECORD,
      {
        input: { ...paper('f', 'F.'), changes: { removeTerm: { termId: 'rent' } } },
        commandId: 'f',
      },
    ],
    [RECORD, { commandId: 'f' }],
    ...[1, 2, 3, 4].map(
      (n) => [TWO, { one: paper(`g${n}`, 'G.'), two: paper('h', 'H.') }] as const,
    ),
  ];

  test('is answered to the byte as an interpreted one', async () => {
    const interpreted = await answers(STEPS, true);
    expect(interpreted.filter((text) => text.includes('"Accepted"')).length).toBeGreaterThan(5);
    expect(await answers(STEPS, false)).toEqual(interpreted);
  });
});

describe('what compiled code would do otherwise is as interpreted:', () => {
  const M = (change: string) =>
    `recordInstrument(input: { agreement: "lease", instrument: { id: $id, kind: "AMENDMENT", title: "T", executedAt: "2024-01-01" }, changes: [${change}] })`;
  const RESULT = '{ __typename ... on Accepted { events { type data } } }';
  const ids = (more: object = {}): readonly object[] =>
    [1, 2, 3, 4].map((n) => ({ id: `p${n}`, ...more }));
  const same = (variables: object): readonly object[] => [1, 2, 3, 4].map(() => variables);
  const input = (id: string) => ({
    agreement: 'lease',
    instrument: { id, kind: 'AMENDMENT', title: 'T', executedAt: '2024-01-01' },
  });
  const CODE =
    '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d0,globalThis.written=process.version';

  test.each<readonly [what: string, query: string, variables: readonly object[]]>([
    ['text that is code', `{ event(id: "${CODE}") { id } }`, same({})],
    [
      'text that stands for a number',
      `mutation ($id: ID!) { ${M('{ amendTerm: { termId: "rent", values: { prose: "__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8" } } }')} ${RESULT} }`,
      ids(),
    ],
    [
      'a variable left out inside a literal',
      `mutation ($id: ID!, $p: String) { ${M('{ amendTerm: { termId: "rent", values: { heading: "C", prose: $p } } }')} ${RESULT} }`,
      ids(),
    ],
    [
      'a variable inside a value of any form',
      `mutation ($id: ID!, $f: FactInput) { ${M('{ amendTerm: { termId: "rent", values: { facts: { days: $f } } } }')} ${RESULT} }`,
      ids({ f: { text: 't' } }),
    ],
    [
      'a verb that is null inside a literal',
      `mutation ($id: ID!, $x: AmendTermInput) { ${M('{ amendTerm: $x }')} ${RESULT} }`,
      ids({ x: null }),
    ],
    [
      'a mutation behind one that failed',
      'mutation ($i: RecordInstrumentInput!) { a: recordInstrument(input: $i, commandId: "") { __typename } b: recordInstrument(input: $i) { __typename } }',
      ids().map((_, n) => ({ i: input(`q${n}`) })),
    ],
    [
      'two mutations in a fragment',
      'mutation ($i: RecordInstrumentInput!) { ...F } fragment F on Mutation { a: recordInstrument(input: $i, commandId: "") { __typename } b: recordInstrument(input: $i) { __typename } }',
      ids().map((_, n) => ({ i: input(`s${n}`) })),
    ],
    [
      'an error that hides another',
      '{ a: agreements(first: 1) { nodes { explain(term: "x") { __typename } } } c: agreements(first: 1, at: { tag: "no" }) { __typename } }',
      same({}),
    ],
    [
      'a default that is null in the end',
      'mutation ($i: RecordInstrumentInput = { agreement: "lease", instrument: { id: "d", kind: "AMENDMENT", title: "T" } }) { recordInstrument(input: $i) { __typename } }',
      [{ i: input('r') }, {}, {}, { i: null }],
    ],
    [
      'null for a default where none may be',
      'query ($id: ID = "lease") { agreement(id: $id) { id } }',
      [{}, {}, {}, { id: null }],
    ],
    ['a type that is not there', '{ __type(name: "ReadBefore") { name kind } }', same({})],
    ['the schema', '{ __schema { types { name } } }', same({})],
    [
      'a directive on one of two spreads',
      '{ ...F @skip(if: true) ...F } fragment F on Query { version }',
      same({}),
    ],
    [
      'a directive by a variable',
      'query ($s: Boolean!) { version @skip(if: $s) agreement(id: "lease") { id @include(if: $s) title } }',
      [{ s: true }, { s: false }, { s: true }, { s: false }],
    ],
    [
      'a variable called as what every object has',
      'query ($constructor: Int) { events(first: $constructor) { edges { cursor } } }',
      same({}),
    ],
    [
      'a variable called as the prototype',
      'query ($__proto__: Int = 1) { events(first: $__proto__) { edges { cursor } } }',
      same({}),
    ],
    ['an alias like it', '{ agreement(id: "lease") { __proto__: id x: id } }', same({})],
    [
      'several errors',
      '{ agreement(id: "lease") { a: state(at: { effectiveOn: "soon" }) { title } b: state(at: { effectiveOn: "late" }) { title } } }',
      same({}),
    ],
    [
      'a literal that does not fit its question',
      '{ agreement(id: "lease") { state(at: { effectiveOn: "soon" }) { title } } }',
      same({}),
    ],
  ])('%s', async (_, query, variables) => {
    const steps = variables.map((each): Step => [query, each]);
    expect(await answers(steps, false)).toEqual(await answers(steps, true));
    expect(globalThis).not.toHaveProperty('written');
  });

  test('what takes long to compile is not', () => {
    const wide = (fields: number) =>
      compilable(
        parse(`{ ${Array.from({ length: fields }, (_, n) => `f${n}: version`).join(' ')} }`),
      );
    const spread = (times: number) =>
      compilable(
        parse(`{ ${'...F '.repeat(times)} } fragment F on Query { ${'version '.repeat(10)} }`),
      );
    expect([wide(300), spread(30)]).not.toContain(undefined);
    expect([wide(301), spread(31)]).toEqual([undefined, undefined]);
  });

  test('the documents that are to be compiled are', () => {
    expect(compilable(parse(WHOLE))?.name?.value).toBe('Whole');
  });
});
