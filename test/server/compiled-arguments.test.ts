import * as fc from 'fast-check';
import {
  buildSchema,
  execute,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  parse,
  parseType,
  typeFromAST,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { compiledOf } from '#server/compiled.ts';
import { valuesOf } from './input-values.ts';

const FIELD =
  'f(in: Inner, l: [Inner!], c: Colour = BLUE, n: Int! = 4, id: ID, any: Any, choice: Choice): String';
const SCHEMA = buildSchema(`
  enum Colour { RED BLUE }
  scalar Any
  input Inner { must: ID!, a: Int, b: [String!], c: Colour = RED, d: [[Int]], any: Any, inner: Inner, choice: Choice }
  input Choice @oneOf { text: String, inner: Inner, list: [Int] }
  type Query { ${FIELD} }
  type Mutation { ${FIELD} }
`);

/** Keys in one order: which one they come in is not promised. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
};
const FIELDS = [SCHEMA.getQueryType(), SCHEMA.getMutationType()].flatMap((root) => {
  const field = root?.getFields()['f'];
  return field === undefined ? [] : [field];
});
for (const field of FIELDS) field.resolve = (_, args) => JSON.stringify(sorted(args));

const inputType = (text: string): GraphQLInputType => {
  const type = typeFromAST(SCHEMA, parseType(text));
  if (!isInputType(type)) throw new Error(`no input ${text}`);
  return type;
};

/** A variable of each of these types, some with a default, some called as what every object has. */
const VARIABLES = [
  ['constructor', 'Int', ' = 3'],
  ['toString', 'Int!', ''],
  ['valueOf', 'String', ''],
  ['v3', 'String!', ' = "d"'],
  ['v4', 'Colour', ' = BLUE'],
  ['v5', 'Inner', ' = { must: 1 }'],
  ['v6', 'Inner!', ''],
  ['v7', 'ID', ' = null'],
  ['v8', 'ID!', ''],
  ['v9', '[Int]', ' = [1]'],
  ['__proto__', 'Any', ''],
  ['v11', 'Choice', ''],
] as const;

const variableOf = (type: GraphQLInputType) =>
  VARIABLES.filter(([, of]) => of.replace('!', '') === String(type).replace('!', '')).map(
    ([name]) => fc.constant(`$${name}`),
  );

const TEXTS = [
  '"s"',
  '""',
  '"""b"""',
  '"__MAGIC_MINUS_ZERO__eb1a9bd4_3b0a_4d5a_b03b_c8b0e12f3b5e"',
  '1',
];
const LEAVES: { readonly [type: string]: readonly string[] } = {
  Int: ['0', '-3'],
  ID: ['1', '"x"'],
  String: TEXTS,
  Any: [...TEXTS, '{ a: [true, null] }', '{ a: $constructor }', '[$v3]'],
};

const literalOf = (type: GraphQLInputType, depth: number): fc.Arbitrary<string> => {
  if (isListType(type)) {
    const item = argumentOf(type.ofType, depth - 1);
    return fc.oneof(
      item,
      fc.array(item, { maxLength: 2 }).map((all) => `[${all.join(', ')}]`),
    );
  }
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (!isInputObjectType(type)) return fc.constantFrom(...(LEAVES[String(type)] ?? TEXTS));
  const fields = Object.values(type.getFields());
  const [first] = fields;
  const some = type.isOneOf
    ? fc.constantFrom(...fields).map((field) => [field])
    : fc
        .subarray(fields.slice(1), { maxLength: depth > 0 ? 3 : 0 })
        .map((more) => [...(first === undefined ? [] : [first]), ...more]);
  return some.chain((chosen) =>
    fc
      .tuple(
        ...chosen.map((field) =>
          argumentOf(field.type, depth - 1).map((value) => `${field.name}: ${value}`),
        ),
      )
      .map((all) => `{ ${all.join(', ')} }`),
  );
};

const argumentOf = (type: GraphQLInputType, depth: number): fc.Arbitrary<string> => {
  if (isNonNullType(type)) return fc.oneof(...variableOf(type), literalOf(type.ofType, depth));
  if (depth <= 0) return fc.oneof(fc.constant('null'), ...variableOf(type));
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant('null') },
    { weight: 4, arbitrary: fc.oneof(...variableOf(type), fc.constant('null')) },
    { weight: 6, arbitrary: literalOf(type, depth) },
  );
};

const field = fc
  .subarray([...(FIELDS[0]?.args ?? [])], { minLength: 1, maxLength: 3 })
  .chain((args) =>
    fc.tuple(
      ...args.map(({ name, type }) => argumentOf(type, 3).map((value) => `${name}: ${value}`)),
    ),
  )
  .map((args) => `f(${args.join(', ')})`);

const documents = fc
  .record({
    kind: fc.constantFrom('query', 'mutation'),
    fields: fc.array(field, { minLength: 1, maxLength: 2 }),
  })
  .map(({ kind, fields }) => {
    const all = fields.map((text, n) => `r${n}: ${text}`).join(' ');
    const used = VARIABLES.filter(([name]) => new RegExp(`\\$${name}\\b`).test(all));
    const head = used.map(([name, type, fallback]) => `$${name}: ${type}${fallback}`).join(', ');
    return `${kind} ${head === '' ? '' : `(${head})`} { ${all} }`;
  });

const given = fc.record(
  Object.fromEntries(
    VARIABLES.filter(([name]) => name !== '__proto__').map(([name, type]) => [
      name,
      valuesOf(inputType(type), 2, 20),
    ]),
  ),
  { requiredKeys: [] },
);

test('compiled code gives every field the arguments that the interpreter gives it', async () => {
  let compiled = 0;
  await fc.assert(
    fc.asyncProperty(documents, fc.array(given, { maxLength: 4 }), async (text, all) => {
      const document = parse(text);
      fc.pre(validate(SCHEMA, document).length === 0);
      for (const variableValues of [{}, {}, {}, ...all]) {
        const args = { schema: SCHEMA, document, variableValues };
        const run = compiledOf(args);
        if (run === undefined) continue;
        compiled += 1;
        const [ours, theirs] = [await run(args), await execute(args)];
        const told = ({ errors = [], data }: typeof ours) => [
          JSON.stringify(data),
          errors.map(({ message, path }) => ({ message, path })),
        ];
        expect(told(ours)).toEqual(told(theirs));
      }
    }),
    { numRuns: 2_000 },
  );
  expect(compiled).toBeGreaterThan(1_000);
});
