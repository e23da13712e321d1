import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
} from 'graphql';
import { isObject } from './request-params.ts';

/** Stands for a value that does not fit its type, or that takes more than a look to tell. */
const UNFIT = Symbol('unfit');
type Coerce = (value: unknown) => unknown;
type Values = { [name: string]: unknown };

/** Variables as the resolvers read them; undefined where `getVariableValues` of graphql has to say what is wrong. */
export type CoerceVariables = (given: Readonly<Values>) => Values | undefined;

/** What an input object may hold, or an operation in its variables. */
type Field = {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly defaultValue?: unknown;
};

const leaf =
  (parse: Coerce): Coerce =>
  (value) => {
    try {
      const coerced = parse(value);
      return coerced === undefined ? UNFIT : coerced;
    } catch {
      return UNFIT;
    }
  };

const listOf =
  (item: Coerce): Coerce =>
  (value) => {
    if (!Array.isArray(value)) return UNFIT;
    const items: readonly unknown[] = value.map((each) => item(each));
    return items.includes(UNFIT) ? UNFIT : items;
  };

/**
 * Looks at what is given and not at all that could be: a change has twenty verbs, and says one.
 * @param empty makes what the values are put into
 */
const fieldsOf = (all: readonly Field[], empty: () => Values) => {
  const types = new Map(all.map(({ name, type }) => [name, coercionOf(type)]));
  const defaults = all.filter(({ defaultValue }) => defaultValue !== undefined);
  const required = all.filter((field) => isNonNullType(field.type) && !defaults.includes(field));

  const given = (values: Readonly<Values>): Values | typeof UNFIT => {
    const coerced = empty();
    for (const name of Object.keys(values)) {
      const coerce = types.get(name);
      const said = coerce === undefined ? UNFIT : coerce(values[name]);
      if (said === UNFIT) return UNFIT;
      coerced[name] = said;
    }
    return coerced;
  };

  return (values: Readonly<Values>): Values | typeof UNFIT => {
    const coerced = given(values);
    if (coerced === UNFIT) return UNFIT;
    if (required.some(({ name }) => !Object.hasOwn(coerced, name))) return UNFIT;
    for (const { name, defaultValue } of defaults) {
      if (!Object.hasOwn(coerced, name)) coerced[name] = defaultValue;
    }
    return coerced;
  };
};

const isOne = (values: Values): boolean => {
  const [first, ...more] = Object.values(values);
  return first !== undefined && first !== null && more.length === 0;
};

const objectOf = (type: GraphQLInputObjectType): Coerce => {
  let coerce: ReturnType<typeof fieldsOf> | undefined;
  return (value) => {
    if (!isObject(value)) return UNFIT;
    // Not before the first value, because types may hold themselves.
    coerce ??= fieldsOf(Object.values(type.getFields()), () => ({}));
    const coerced = coerce(value);
    return type.isOneOf && coerced !== UNFIT && !isOne(coerced) ? UNFIT : coerced;
  };
};

const objects = new WeakMap<GraphQLInputObjectType, Coerce>();

/** Of a value that is there. */
const present = (type: GraphQLInputType): Coerce => {
  if (isListType(type)) return listOf(coercionOf(type.ofType));
  if (!isInputObjectType(type)) return leaf((value) => type.parseValue(value));
  const coerce = objects.get(type) ?? objectOf(type);
  objects.set(type, coerce);
  return coerce;
};

const coercionOf = (type: GraphQLInputType): Coerce => {
  const isRequired = isNonNullType(type);
  const coerce = present(isRequired ? type.ofType : type);
  const none = isRequired ? UNFIT : null;
  return (value) => {
    if (value === undefined) return UNFIT;
    return value === null ? none : coerce(value);
  };
};

/**
 * Coerces the variables of an operation as graphql does (GraphQL specification, October 2021, 6.1.2) where they are
 * written as they should be, in a tenth of its time. Whatever else comes is left to graphql, which knows all cases and
 * all messages.
 */
export const coercionOfVariables = (
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): CoerceVariables => {
  const coerce = fieldsOf(
    variableDefinitions.map(({ variable, type: node, defaultValue }) => {
      const type = typeFromAST(schema, node);
      const name = variable.name.value;
      if (!isInputType(type)) throw new TypeError(`$${name} has a type that is no input`);
      return { name, type, defaultValue: valueFromAST(defaultValue, type) };
    }),
    // A variable may be called as something that every object has.
    () => Object.create(null),
  );
  return (values) => {
    const coerced = coerce(values);
    return coerced === UNFIT ? undefined : coerced;
  };
};
