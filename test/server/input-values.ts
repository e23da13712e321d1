import * as fc from 'fast-check';
import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

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
export const valuesOf = (
  type: GraphQLInputType,
  depth: number,
  odd: number,
): fc.Arbitrary<unknown> => {
  if (isNonNullType(type)) return presentOf(type.ofType, depth, odd);
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 6, arbitrary: presentOf(type, depth, odd) },
  );
};

export const presentOf = (
  type: GraphQLInputType,
  depth: number,
  odd: number,
): fc.Arbitrary<unknown> => {
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
