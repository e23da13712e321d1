import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import type { GraphContext } from './context.ts';
import { shownError } from './errors.ts';

/** What one operation may answer, in characters; an item of a list counts a hundred beside its texts. */
export const MOST_ANSWERED = 64_000_000;
const ITEM = 100;

/** Fields that may hold more than a line of text. */
const LONG: ReadonlySet<string> = new Set(['prose', 'text', 'old', 'new']);
const JSON_TYPES: ReadonlySet<string> = new Set(['JSON', 'Facts']);

type Weigh = (value: unknown) => number;

export const tooLong = () =>
  shownError(
    'TOO_COSTLY',
    `The answer would have more than ${MOST_ANSWERED} characters; ask for fewer fields, or in several operations.`,
  );

const ofText: Weigh = (value) => (typeof value === 'string' ? value.length : 0);

const ofJson: Weigh = (value) => {
  if (typeof value !== 'object' || value === null) return ofText(value);
  return Object.values(value).reduce<number>((sum, one) => sum + ITEM + ofJson(one), 0);
};

const ofList =
  (weigh: Weigh): Weigh =>
  (value) => {
    if (!Array.isArray(value)) return 0;
    return value.reduce<number>((sum, one) => sum + weigh(one), value.length * ITEM);
  };

/** An object with its long texts, be they asked for or not: to count them one by one costs more than all the rest. */
const ofObject = (type: GraphQLObjectType): Weigh | undefined => {
  const names = Object.keys(type.getFields()).filter((name) => LONG.has(name));
  if (names.length === 0) return undefined;
  return (value) => {
    if (typeof value !== 'object' || value === null) return 0;
    const source = value as { readonly [name: string]: unknown };
    return names.reduce((sum, name) => sum + ofText(source[name]), 0);
  };
};

const ofLeaf = (name: string): Weigh | undefined => {
  if (JSON_TYPES.has(name)) return ofJson;
  return name === 'String' ? ofText : undefined;
};

/** How much of an answer a value of a type is by itself; undefined: next to nothing. */
const weigherOf = (type: GraphQLOutputType): Weigh | undefined => {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return ofList(weigherOf(nullable.ofType) ?? (() => 0));
  return isObjectType(nullable) ? ofObject(nullable) : ofLeaf(nullable.name);
};

type Field = GraphQLField<unknown, GraphContext>;
type Resolver = GraphQLFieldResolver<unknown, GraphContext>;

const readerOf = ({ name }: Field): Resolver => {
  // What a source object holds under a field's name is what the field answers.
  return (source) => (source as { readonly [name: string]: unknown })[name];
};

const counting = (resolve: Resolver, weigh: Weigh): Resolver => {
  const counted = (value: unknown, { answered }: GraphContext): unknown => {
    answered.characters += weigh(value);
    if (answered.characters > MOST_ANSWERED) throw tooLong();
    return value;
  };
  return (source, args, context, info) => {
    const value: unknown = resolve(source, args, context, info);
    return value instanceof Promise
      ? value.then((one) => counted(one, context))
      : counted(value, context);
  };
};

/** What is read without a resolver and is no list is a line, or counts with the object that holds it. */
const bound = (field: Field): void => {
  const { resolve } = field;
  if (resolve === undefined && !isListType(getNullableType(field.type))) return;
  const weigh = weigherOf(field.type);
  if (weigh !== undefined) field.resolve = counting(resolve ?? readerOf(field), weigh);
};

/** Makes every field of a schema count what it answers, and refuse what goes beyond {@link MOST_ANSWERED}. */
export const bindAnswers = (schema: GraphQLSchema): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) bound(field);
  }
  return schema;
};
