import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import {
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '#graphql/schema.ts';
import { readAgreementFile } from '#importers/read-agreement-file.ts';
import { openTestServer } from '../server/test-server.ts';
import { PATIENCE, scaled } from './scale.ts';

const HARBOUR = readFileSync(
  fileURLToPath(new URL('../../docs/examples/harbour-lease.yaml', import.meta.url)),
  'utf8',
);

/** Each kind of input is tried for that long, ms. */
const SPAN = scaled(20_000, 1_200_000);

const NASTY = [
  ...[
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\udfff\ud800',
    '\u202e',
    '..',
    '../..',
    'a/b',
    '__proto__',
    'constructor',
  ],
  ...[
    'x'.repeat(10_000),
    '-1',
    '1e999',
    '9007199254740993',
    '0x10',
    'NaN',
    'null',
    'true',
    'unknown',
  ],
  ...[
    '2025-02-30',
    '2025-13-01',
    '0000-00-00',
    '9999-12-31',
    '-2025-01-01',
    '2025-01-21T25:00:00Z',
    '[..]',
  ],
  ...[
    '2025-33',
    '2025-00~',
    'P-1D',
    'PT1H',
    'Europe/Nowhere',
    "'; DROP TABLE events; --",
    '{{7*7}}',
    '%00',
  ],
] as const;
const NUMBERS = [0, -0, -1, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 1e308, -1e308, 0.1, Number.MIN_VALUE];

const anyText = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary' }), fc.string());
const anyValue = fc.oneof(
  { weight: 6, arbitrary: anyText },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...NUMBERS) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[[]]]) },
);

/** Values that mostly fit an input type, so that they get behind the first door. */
const fitting = (type: GraphQLInputType, depth = 0): fc.Arbitrary<unknown> => {
  if (isNonNullType(type)) return fitting(type.ofType, depth);
  if (isListType(type)) return fc.array(fitting(type.ofType, depth + 1), { maxLength: 2 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (!isInputObjectType(type)) return sound(type.name);
  if (depth > 5) return fc.constant({});
  const fields = Object.values(type.getFields());
  if (type.isOneOf) {
    const one = fields.map((field) =>
      fitting(field.type, depth + 1).map((value) => ({ [field.name]: value })),
    );
    return fc.oneof(...one);
  }
  const required = fields.filter((field) => isNonNullType(field.type)).map(({ name }) => name);
  const model = Object.fromEntries(
    fields.map((field) => [field.name, fitting(field.type, depth + 1)]),
  );
  return fc.record(model, { requiredKeys: required });
};

const SOUND: { readonly [scalar: string]: fc.Arbitrary<unknown> } = {
  Day: fc.constantFrom('2025-01-21', '2024-02-29'),
  Edtf: fc.constantFrom('2025-01-21', '2025-33', '2025-03~', '[..2026-04-27]', 'unknown'),
  EdtfOrInstant: fc.constantFrom('2025-01-21', '2025-01-21T14:03:07Z'),
  EffectiveStart: fc.constantFrom<unknown>('2025-01-21', { onConditions: [{ conditionId: 'k' }] }),
  Instant: fc.constant('2025-01-21T14:03:07Z'),
  ID: fc.constantFrom('deal', 'rent', 'paper', 'p'),
  String: fc.constantFrom('PRICE', 'ORIGINAL', 'UTC', 'Some text'),
  Int: fc.nat(20),
  Position: fc.nat(20),
  Boolean: fc.boolean(),
};

const sound = (scalar: string): fc.Arbitrary<unknown> => {
  const fits = SOUND[scalar];
  if (fits === undefined) return anyValue;
  return fc.oneof({ weight: 9, arbitrary: fits }, { weight: 1, arbitrary: anyValue });
};

const leaves = (type: GraphQLOutputType): string => {
  const named = getNamedType(type);
  return isLeafType(named) ? '' : '{ __typename }';
};

/** Operations on every field of the roots, with what they take in variables. */
const operations = [
  ['query', schema.getQueryType()],
  ['mutation', schema.getMutationType()],
].flatMap(([kind, root]) => {
  if (typeof root !== 'object' || root === null) return [];
  return Object.values(root.getFields()).map((field) => {
    const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
    const given = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
    const call = field.args.length === 0 ? field.name : `${field.name}(${given})`;
    const head = declared === '' ? String(kind) : `${String(kind)} Q(${declared})`;
    const variables = fc.record(
      Object.fromEntries(field.args.map(({ name, type }) => [name, fitting(type)])),
      { requiredKeys: [] },
    );
    return variables.map((values) => ({
      query: `${head} { ${call} ${leaves(field.type)} }`,
      variables: values as object,
    }));
  });
});

const TOKENS = [
  ...['{', '}', '(', ')', '[', ']', ':', '!', '$', '@', '...', '|', '=', '"', '"""', '#', ',', '&'],
  ...[
    'query',
    'mutation',
    'subscription',
    'fragment',
    'on',
    'true',
    'null',
    'agreement',
    'state',
    'id',
  ],
  ...[
    'terms',
    'diff',
    'from',
    'to',
    'effectiveOn',
    '__schema',
    '__typename',
    '"deal"',
    '7',
    '-1.5e9',
    'x',
  ],
];
const soup = fc
  .array(fc.constantFrom(...TOKENS), { maxLength: 60 })
  .map((tokens) => ({ query: tokens.join(' '), variables: {} }));
const loose = fc.record({ query: anyText, variables: fc.object({ maxDepth: 3 }) });

const limits = {
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: SPAN,
  markInterruptAsFailure: false,
  // The suite tries the same each time; npm run faults something else.
  ...(scaled(0, 1) === 0 && { seed: 20_250_121 }),
};

const withoutPlaces = (body: object): string =>
  JSON.stringify(body).replaceAll(/"locations":\[[^\]]*\],?/g, '');

test(
  'whatever operation comes is answered or refused with a code, never in trouble',
  async () => {
    await using served = await openTestServer();
    await served.record('RecordAgreement', {
      agreement: 'deal',
      title: 'Deal',
      timeZone: 'UTC',
      parties: [{ partyId: 'p', name: 'P' }],
    });
    let accepted = 0;
    let asked = 0;
    /** What comes again runs as compiled code; with a comment of its own it never came before. */
    const expectAsInterpreted = async (
      { query, variables }: { readonly query: string; readonly variables: object },
      body: object,
    ) => {
      asked += 1;
      const first = await served.ask(`${query} # ${asked}`, variables);
      expect(withoutPlaces(body)).toBe(withoutPlaces(first.body));
    };
    const harmless = async (payload: { readonly query: string; readonly variables: object }) => {
      const { status, body } = await served.ask(payload.query, payload.variables);
      if (payload.query.startsWith('query ')) await expectAsInterpreted(payload, body);
      expect(status).toBeLessThan(500);
      for (const { extensions } of body.errors ?? []) {
        expect(extensions.code).toMatch(/^[A-Z_]+$/);
        expect(extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
      }
      if (body.errors === undefined && payload.query.startsWith('mutation')) accepted += 1;
    };
    const any = fc.oneof({ weight: 8, arbitrary: fc.oneof(...operations) }, soup, loose);
    await fc.assert(fc.asyncProperty(any, harmless), limits);
    // Some got all the way in: refusing everything is no proof of strength.
    expect(accepted).toBeGreaterThan(0);
    expect((await served.ask('{ version }')).status).toBe(200);
  },
  PATIENCE,
);

test(
  'whatever bytes come as a body are refused with a 4xx, or answered',
  async () => {
    await using served = await openTestServer();
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
      fc.tuple(fc.nat(80), fc.uint8Array({ minLength: 1, maxLength: 4 })).map(([at, noise]) => {
        const text = Buffer.from(
          JSON.stringify({ query: '{ agreement(id: "deal") { id } }', variables: {} }),
        );
        text.set(noise, at % (text.length - 4));
        return text;
      }),
    );
    const property = fc.asyncProperty(body, async (payload) => {
      const reply = await served.server.inject({
        method: 'POST',
        url: '/graphql',
        headers: { host: 'localhost', 'content-type': 'application/json' },
        payload,
      });
      expect(reply.statusCode).toBeLessThan(500);
      const { errors = [] } = reply.json();
      for (const { extensions } of errors)
        expect(extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
    });
    await fc.assert(property, limits);
  },
  PATIENCE,
);

test(
  'whatever an agreement file holds is read, or refused with places',
  async () => {
    const edit = fc.record({ at: fc.nat(HARBOUR.length), gone: fc.nat(30), text: anyText });
    const bombs = fc.constantFrom(
      'a: &a [x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n'.repeat(1),
      `${'a: &x {b: '.repeat(200)}`,
      `&a [*a]`,
      `agreement: ${'['.repeat(5_000)}`,
      '!!js/function "function(){}"\n',
      '__proto__: { polluted: true }\n',
      '? [a]\n: b\n',
    );
    const text = fc.oneof(
      {
        weight: 8,
        arbitrary: fc
          .array(edit, { minLength: 1, maxLength: 4 })
          .map((edits) =>
            edits.reduce(
              (whole, { at, gone, text: put }) => whole.slice(0, at) + put + whole.slice(at + gone),
              HARBOUR,
            ),
          ),
      },
      bombs,
      anyText,
    );
    const property = fc.property(text, (yaml) => {
      const { file, problems } = readAgreementFile(yaml);
      expect(file !== undefined || problems.length > 0).toBe(true);
      for (const { line, column, message } of problems) {
        expect(line).toBeGreaterThan(0);
        expect(column).toBeGreaterThan(0);
        expect(message).not.toBe('');
      }
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    });
    void fc.assert(property, limits);
  },
  PATIENCE,
);
