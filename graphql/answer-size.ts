import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import type { GraphContext } from './context.ts';
import { shownError } from './errors.ts';

/** What one operation may answer, in characters; an item of a list counts a hundred beside its texts. */
export const MOST_ANSWERED = 64_000_000;
const ITEM = 100;

/** Texts that may be longer than a line and are read without a resolver. */
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

/** How much of an answer a field is by itself; undefined: next to nothing. */
const weigherOf = (type: GraphQLOutputType, isLong: boolean): Weigh | undefined => {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return ofList(weigherOf(nullable.ofType, true) ?? (() => 0));
  const { name } = getNamedType(nullable);
  if (JSON_TYPES.has(name)) return ofJson;
  return name === 'String' && isLong ? ofText : undefined;
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

const bound = (field: Field): void => {
  const { resolve } = field;
  const weigh = weigherOf(field.type, resolve !== undefined || LONG.has(field.name));
  if (weigh !== undefined) field.resolve = counting(resolve ?? readerOf(field), weigh);
};

/** Makes every field of a schema count what it answers, and refuse what goes beyond {@link MOST_ANSWERED}. */
export const bindAnswers = (schema: GraphQLSchema): GraphQLSchema => {
  const isOwn = (name: string) => !name.startsWith('__');
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !isOwn(type.name)) continue;
    for (const field of Object.values(type.getFields())) bound(field);
  }
  return schema;
};
