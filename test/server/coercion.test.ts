import * as fc from 'fast-check';
import {
  buildSchema,
  type GraphQLInputType,
  type GraphQLSchema,
  getVariableValues,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '#graphql/schema.ts';
import { coercionOfVariables } from '#server/coercion.ts';

const operation = (text: string): OperationDefinitionNode => {
  const [first] = parse(text).definitions;
  if (first?.kind !== 'OperationDefinition') throw new Error('no operation');
  return first;
};

/** What both make of the same variables; theirs is undefined where it finds a mistake. */
const both = (of: GraphQLSchema, text: string, values: { readonly [name: string]: unknown }) => {
  const node = operation(text);
  const theirs = getVariableValues(of, node.variableDefinitions ?? [], values).coerced;
  return { ours: coercionOfVariables(of, node)(values), theirs };
};

const ODD = fc.oneof(
  fc.constantFrom(null, true, 0, 1.5, 2 ** 31, Number.NaN, '', 'x', '2024-01-01', [], {}, [null]),
  fc.constantFrom({ __typename: 'A' }, JSON.parse('{"__proto__":1}'), { constructor: 'x' }, [[1]]),
);
const TEXTS = fc.constantFrom('a', '2024-01-01', '12', 'rent', 'PRICE');

const leafOf = (type: GraphQLInputType): fc.Arbitrary<unknown> => {
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  const name = String(type);
  if (name === 'Boolean') return fc.boolean();
  if (name === 'Int') return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  return name === 'Float' ? fc.double({ noNaN: true, noDefaultInfinity: true }) : TEXTS;
};

/** Values of a type as people send them, one in `odd` of them something else. */
const valuesOf = (type: GraphQLInputType, depth: number, odd: number): fc.Arbitrary<unknown> => {
  if (isNonNullType(type)) return presentOf(type.ofType, depth, odd);
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 6, arbitrary: presentOf(type, depth, odd) },
  );
};

const presentOf = (type: GraphQLInputType, depth: number, odd: number): fc.Arbitrary<unknown> => {
  const right = rightOf(type, depth, odd);
  return odd === 0
    ? right
    : fc.oneof({ weight: 1, arbitrary: ODD }, { weight: odd, arbitrary: right });
};

const rightOf = (type: GraphQLInputType, depth: number, odd: number): fc.Arbitrary<unknown> => {
  if (isListType(type)) {
    const items = fc.array(valuesOf(type.ofType, depth - 1, odd), {
      maxLength: depth > 0 ? 3 : 0,
    });
    return odd === 0 ? items : fc.oneof(items, valuesOf(type.ofType, depth - 1, odd));
  }
  if (!isInputObjectType(type)) return leafOf(type);
  const fields = Object.values(type.getFields());
  const shape = (names: readonly string[]) =>
    Object.fromEntries(
      fields
        .filter(({ name }) => names.includes(name))
        .map((field) => [field.name, valuesOf(field.type, depth - 1, odd)]),
    );
  const needed = fields
    .filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
    .map(({ name }) => name);
  const names = fields.map(({ name }) => name);
  const chosen = type.isOneOf
    ? fc.constantFrom(...names).map((name) => [name])
    : fc
        .subarray(names, { maxLength: depth > 0 ? names.length : 0 })
        .map((some) => [...new Set([...needed, ...some])]);
  const object = chosen.chain((some) => fc.record(shape(some)));
  if (odd === 0) return object;
  return fc.oneof(
    { weight: odd, arbitrary: object },
    { weight: 1, arbitrary: object.map((some) => ({ ...some, nowhere: 1 })) },
  );
};

const LITTLE = buildSchema(`
  enum Colour { RED BLUE }
  input Inner { a: Int! = 3, b: [String!], c: Colour = RED, d: [[Int]], inner: Inner }
  input Choice @oneOf { text: String, inner: Inner, list: [Int] }
  input Outer { must: ID!, inner: Inner! = { a: 4 }, choice: Choice, flags: [Boolean!]!, f: Float }
  type Query { a(outer: Outer!, choice: [Choice!], n: Int): Int }
`);

const CASES: readonly (readonly [name: string, of: GraphQLSchema, type: string])[] = [
  ['Outer', LITTLE, 'Outer!'],
  ['Choice', LITTLE, '[Choice!]'],
  ...Object.values(schema.getTypeMap())
    .filter(isInputObjectType)
    .map(({ name }) => [name, schema, `${name}!`] as const),
];

const typed = (of: GraphQLSchema, type: string): GraphQLInputType => {
  const found = of.getType(type.replaceAll(/[[\]!]/g, ''));
  if (!isInputType(found)) throw new Error(`no input ${type}`);
  return found;
};

describe('variables are coerced as graphql coerces them', () => {
  test.each(CASES)('values of %s, some of them odd', (_, of, type) => {
    const value = valuesOf(typed(of, type), 3, 30);
    const values = type.startsWith('[') ? fc.array(value, { maxLength: 3 }) : value;
    const text = `query ($v: ${type}) { __typename }`;
    void fc.assert(
      fc.property(values, (v) => {
        const { ours, theirs } = both(of, text, { v });
        if (ours !== undefined) expect(ours).toEqual(theirs);
      }),
      { numRuns: 150 },
    );
  });

  test.each(CASES)('values of %s as they should be, all without its help', (_, of, type) => {
    const value = presentOf(typed(of, type), 3, 0);
    const values = type.startsWith('[') ? fc.array(value, { maxLength: 3 }) : value;
    const text = `query ($v: ${type}) { __typename }`;
    void fc.assert(
      fc.property(values, (v) => {
        const { ours, theirs } = both(of, text, { v });
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['query ($a: Int = 3, $b: [Int!]! = [1, 2], $c: Colour = BLUE) { a }', {}],
    ['query ($a: Int = 3) { a }', { a: null }],
    ['query ($a: Int = null) { a }', {}],
    ['query ($a: Int! = 3) { a }', { a: null }],
    ['query ($a: Int!) { a }', {}],
    ['query ($a: Int) { a }', {}],
    ['query ($a: Int) { a }', { a: 1, b: 2 }],
    ['query ($o: Outer) { a }', { o: { must: 7, flags: [] } }],
    ['query ($o: Outer = { must: "x", flags: true }) { a }', {}],
    ['query ($o: Outer) { a }', { o: { must: 'x', flags: [], inner: null } }],
    ['query ($o: Choice) { a }', { o: { text: null } }],
    ['query ($o: Choice) { a }', { o: { text: 'a', list: [] } }],
    ['query ($l: [[Int]]) { a }', { l: [[1, null], null] }],
  ])('%s with %j', (text, values) => {
    const { ours, theirs } = both(LITTLE, text, values);
    if (ours !== undefined) expect(ours).toEqual(theirs);
    const isLeft = JSON.stringify(values) === '{"a":1,"b":2}';
    expect(ours === undefined).toBe(isLeft || theirs === undefined);
  });
});
