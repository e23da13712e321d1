import * as fc from 'fast-check';
import {
  buildSchema,
  type GraphQLInputType,
  type GraphQLSchema,
  getVariableValues,
  isInputObjectType,
  isInputType,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '#graphql/schema.ts';
import { coercionOfVariables } from '#server/coercion.ts';
import { presentOf, valuesOf } from './input-values.ts';

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

type Said = ReturnType<typeof both>;

/** Holds a rule of what both make of a variable of a type. @param odd see `valuesOf`; 0: none is null either */
const holds = (
  of: GraphQLSchema,
  type: string,
  { odd, numRuns }: { readonly odd: number; readonly numRuns: number },
  rule: (said: Said) => void,
): void => {
  const bare = typed(of, type);
  const value = odd === 0 ? presentOf(bare, 3, 0) : valuesOf(bare, 3, odd);
  const values = type.startsWith('[') ? fc.array(value, { maxLength: 3 }) : value;
  const text = `query ($v: ${type}) { __typename }`;
  void fc.assert(
    fc.property(values, (v) => rule(both(of, text, { v }))),
    { numRuns },
  );
};

describe('variables are coerced as graphql coerces them', () => {
  test.each(CASES)('values of %s, some of them odd', (_, of, type) => {
    holds(of, type, { odd: 30, numRuns: 150 }, ({ ours, theirs }) => {
      if (ours !== undefined) expect(ours).toEqual(theirs);
    });
  });

  test.each(CASES)('values of %s as they should be, all without its help', (_, of, type) => {
    holds(of, type, { odd: 0, numRuns: 100 }, ({ ours, theirs }) => {
      expect(ours).toEqual(theirs);
    });
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
