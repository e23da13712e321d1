import { readFileSync } from 'node:fs';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#graphql/limits.ts';
import { openTestServer, type TestServer } from './test-server.ts';

let served: TestServer;
beforeAll(async () => {
  served = await openTestServer();
});
afterAll(() => served[Symbol.asyncDispose]());

const post = async (payload: string | Buffer) => {
  const reply = await served.server.inject({
    method: 'POST',
    url: '/graphql',
    headers: { host: 'localhost', 'content-type': 'application/json' },
    payload,
  });
  return { status: reply.statusCode, code: reply.json().errors?.[0]?.extensions.code };
};

const nested = (levels: number): string =>
  `{ ${'agreements { nodes { '.repeat(levels / 2)} id ${'} }'.repeat(levels / 2)} }`;
const fields = (count: number, field: (n: number) => string): string =>
  `{ ${Array.from({ length: count }, (_, n) => field(n)).join(' ')} }`;
/** Each fragment spreads the next one twice: 2^n fields when written out. */
const doubling = (n: number): string =>
  `{ ...f0 } ${Array.from({ length: n }, (_, i) => `fragment f${i} on Query { ${i + 1 < n ? `...f${i + 1} ...f${i + 1}` : 'version'} }`).join(' ')}`;

const OPERATIONS: readonly (readonly [what: string, query: string, code: string])[] = [
  ['nesting', nested(LIMITS.depth + 2), 'TOO_DEEP'],
  ['nesting in fragments', `{ ...a } fragment a on Query ${nested(LIMITS.depth + 2)}`, 'TOO_DEEP'],
  ['aliases', fields(LIMITS.aliases + 1, (n) => `a${n}: version`), 'TOO_MANY_ALIASES'],
  [
    'directives',
    `{ version ${'@include(if: true)'.repeat(LIMITS.directives + 1)} }`,
    'TOO_MANY_DIRECTIVES',
  ],
  [
    'directives on operations',
    `query ${'@x'.repeat(LIMITS.directives + 1)} { version }`,
    'TOO_MANY_DIRECTIVES',
  ],
  ['tokens', fields(LIMITS.tokens, () => 'version'), 'TOO_MANY_TOKENS'],
  [
    'pages of pages',
    '{ agreements(first: 100) { nodes { events(first: 100) { nodes { id } } } } }',
    'TOO_COSTLY',
  ],
  [
    'page sizes in variables',
    'query ($n: Int) { agreements(first: $n) { nodes { events(first: $n) { nodes { id } } } } }',
    'TOO_COSTLY',
  ],
  ['fragments that double', doubling(40), 'TOO_COSTLY'],
  [
    'fragments in a circle',
    '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'a fragment in itself',
    '{ ...a } fragment a on Query { agreements { nodes { id } } ...a }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'introspection in circles',
    `{ __schema { types { ${'fields { type { '.repeat(4)} name ${'} }'.repeat(4)} } } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['brackets without end', '{a'.repeat(100_000), 'TOO_MANY_TOKENS'],
  ['no GraphQL', '{ version', 'GRAPHQL_PARSE_FAILED'],
  ['an empty document', '', 'GRAPHQL_PARSE_FAILED'],
  ['control characters', '{ ver\u0000sion }', 'GRAPHQL_PARSE_FAILED'],
];

describe('an operation', () => {
  it.each(OPERATIONS)('with %s is refused with a code', async (_, query, code) => {
    const { body, status } = await served.ask(query);
    expect(body.errors?.[0]?.extensions.code).toBe(code);
    expect(status).toBeLessThan(500);
    expect(body.data).toBeUndefined();
  });

  it.each(['TOO_DEEP', 'TOO_MANY_ALIASES', 'TOO_MANY_DIRECTIVES', 'TOO_MANY_TOKENS', 'TOO_COSTLY'])(
    'beyond a limit (%s) gets 400 whatever it accepts',
    async (code) => {
      const [, query = ''] = OPERATIONS.find((one) => one[2] === code) ?? [];
      for (const accept of ['application/json', 'application/graphql-response+json', '*/*']) {
        expect((await served.ask(query, {}, { accept })).status).toBe(400);
      }
    },
  );

  it('that tools send to learn the schema is within the limits', async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    const { body } = await served.ask(query);
    expect(body.errors).toBeUndefined();
    expect(body.data.__schema.types.length).toBeGreaterThan(50);
  });

  it('with a text of nearly a megabyte is one token', async () => {
    const { status, body } = await served.ask(`{ agreement(id: "${'x'.repeat(900_000)}") { id } }`);
    expect([status, body.data]).toEqual([200, { agreement: null }]);
  });

  it('whose answer would be too long is refused with a code', async () => {
    const term = { termId: 't', kind: 'CLAUSE', prose: 'x'.repeat(900_000) };
    await served.record('RecordAgreement', {
      agreement: 'long',
      title: 'Long',
      timeZone: 'UTC',
      parties: [{ partyId: 'p', name: 'P' }],
    });
    for (const id of ['a', 'b']) {
      await served.record('RecordInstrument', {
        agreement: 'long',
        instrument: { id, kind: 'ORIGINAL', title: id, executedAt: '2024-01-01' },
        changes: [{ addTerm: { ...term, termId: id } }],
      });
    }
    const asked = (times: number) =>
      `{ agreement(id: "long") { ${fields(times, (n) => `s${n}: state { terms { prose } }`).slice(2, -2)} } }`;
    const one = await served.ask(asked(1));
    expect(one.body.data.agreement.s0.terms).toHaveLength(2);
    // What comes again runs as compiled code, and is refused like the first.
    for (const _ of [1, 2, 3]) {
      const { status, body } = await served.ask(asked(50));
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([200, 'TOO_COSTLY']);
    }
  });

  it('with variables that do not fit is refused with a code', async () => {
    const query = 'query ($first: Int) { agreements(first: $first) { totalCount } }';
    for (const first of [2 ** 53, 1.5, '20', [[]], { a: 1 }]) {
      const { body } = await served.ask(query, { first });
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it.each([-1, 2 ** 53, 1.5, '7', null])('asks at no position %s', async (position) => {
    const query =
      'query ($p: Position!) { agreement(id: "x") { state(at: { position: $p }) { title } } }';
    const { body } = await served.ask(query, { p: position });
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('with JSON nested without end is refused', async () => {
    const depth = 100_000;
    const query =
      'mutation ($d: JSON!) { correctRecord(input: { agreement: "a", target: "b", reason: "c", data: $d }) { __typename } }';
    const { code, status } = await post(
      `{"query":${JSON.stringify(query)},"variables":{"d":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}}`,
    );
    expect([status < 500, code]).toEqual([true, 'BAD_USER_INPUT']);
  });

  it('with ids of every shape is answered or refused, never in trouble', async () => {
    const ids = [
      '',
      '/',
      '..',
      '../../etc',
      'a\u0000b',
      '\ud800',
      'x'.repeat(10_000),
      '__proto__',
      'constructor',
    ];
    const query = `query ($id: ID!) { agreement(id: $id) { id } event(id: $id) { id } agreements(party: $id) { totalCount } }`;
    for (const id of ids) {
      const { body, status } = await served.ask(query, { id });
      expect([id.slice(0, 10), status, body.errors]).toEqual([id.slice(0, 10), 200, undefined]);
    }
  });
});

const big = (length: number) =>
  JSON.stringify({ query: '{ version }', variables: { x: 'x'.repeat(length) } });

const BODIES: readonly (readonly [
  what: string,
  body: string | Buffer,
  status: number,
  code: string,
])[] = [
  ['of 2 MB', big(2_000_000), 413, 'PAYLOAD_TOO_LARGE'],
  ['of 10 MB', big(10_000_000), 413, 'PAYLOAD_TOO_LARGE'],
  ['of broken JSON', '{"query": "{ version }"', 400, 'BAD_REQUEST'],
  [
    'of broken UTF-8',
    Buffer.from('7b22717565727922 3a22 ff fe 22 7d'.replaceAll(' ', ''), 'hex'),
    400,
    'BAD_REQUEST',
  ],
  ['that is empty', '', 400, 'BAD_REQUEST'],
  ['that is null', 'null', 400, 'BAD_REQUEST'],
  ['that is a text', '"{ version }"', 400, 'BAD_REQUEST'],
  ['of a batch', '[{"query":"{ version }"},{"query":"{ version }"}]', 400, 'BAD_REQUEST'],
  ['without a query', '{}', 400, 'BAD_REQUEST'],
  ['with a query that is no text', '{"query":{"a":1}}', 400, 'BAD_REQUEST'],
  ['with other parts', '{"query":"{ version }","id":1}', 400, 'BAD_REQUEST'],
  ['with variables that are a list', '{"query":"{ version }","variables":[1]}', 400, 'BAD_REQUEST'],
  [
    'with a prototype key',
    '{"query":"{ version }","variables":{"__proto__":{"a":1}}}',
    400,
    'BAD_REQUEST',
  ],
  [
    'with one in other letters',
    '{"query":"{ version }","variables":{"__pr\\u006fto__":{}}}',
    400,
    'BAD_REQUEST',
  ],
];

describe('a body', () => {
  it.each(BODIES)('%s is refused with a status and a code', async (_, payload, status, code) => {
    expect(await post(payload)).toEqual({ status, code });
  });

  it('of nesting without end is refused or ignored', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const { status } = await post(`{"query":"{ version }","variables":{"x":${deep}}}`);
    expect(status).toBe(200);
  });
});

describe('the page on hostile input', () => {
  it('tells of every case that is tried here, and of no other', () => {
    const page = readFileSync(
      new URL('../../docs/reference/hostile-input.md', import.meta.url),
      'utf8',
    );
    const told = page.split('\n').filter((line) => /^\| .*`[A-Z_]+` \|$/.test(line));
    expect(told).toEqual([
      ...OPERATIONS.map(([what, , code]) => `| ${what} | \`${code}\` |`),
      ...BODIES.map(([what, , status, code]) => `| ${what} | ${status} \`${code}\` |`),
    ]);
  });
});

describe('a path', () => {
  it.each(['/nowhere', '/graphql/../etc', '/graphql%00'])('%s is not found', async (url) => {
    const reply = await served.server.inject({ url, headers: { host: 'localhost' } });
    expect(reply.statusCode).toBeLessThan(500);
    expect(reply.json().errors[0].extensions.code).toMatch(/NOT_FOUND|BAD_REQUEST/);
  });
});
