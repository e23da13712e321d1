import { z } from 'zod';
import { type AnyInputType, builder } from '../builder.ts';
import { inputText } from './input-texts.ts';
import { enumOf, leafOf, nameOf } from './known-schemas.ts';

/** A GraphQL input type, or a list of one. */
type FieldType = AnyInputType | [AnyInputType];
type Field = { readonly type: FieldType; readonly required: boolean };

const made = new Map<z.core.$ZodType, AnyInputType>();

/** The schema of an input, which a transformation or a branding may lie around. */
export const inputSchema = (schema: z.core.$ZodType): z.core.$ZodType =>
  schema instanceof z.ZodPipe ? inputSchema(schema.def.in) : schema;

/** What a key may hold when it is there. */
export const present = (schema: z.core.$ZodType): z.core.$ZodType =>
  schema instanceof z.ZodExactOptional ||
  schema instanceof z.ZodOptional ||
  schema instanceof z.ZodDefault
    ? present(schema.def.innerType)
    : schema;

const nonNull = (schema: z.core.$ZodType): z.core.$ZodType =>
  schema instanceof z.ZodNullable ? schema.def.innerType : schema;

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const simple = (schema: z.core.$ZodType): AnyInputType | undefined => {
  if (schema instanceof z.ZodString) return 'String';
  if (schema instanceof z.ZodBoolean) return 'Boolean';
  if (schema instanceof z.ZodNumber) return 'Int';
  if (schema instanceof z.ZodEnum) return enumOf(schema.options);
  return undefined;
};

/** `path` names an object that has no name of its own: RestateAgreement, mapping. */
const typeOf = (schema: z.core.$ZodType, path: string): AnyInputType => {
  const leaf = leafOf(schema) ?? simple(schema);
  if (leaf !== undefined) return leaf;
  const name = nameOf(schema) ?? path;
  const inner = inputSchema(schema);
  if (inner instanceof z.ZodObject) return inputObject(inner, name);
  throw new TypeError(`no GraphQL input stands for the schema at ${path}`);
};

const fieldOf = (schema: z.core.$ZodType, path: string): Field => {
  const value = nonNull(present(schema));
  const type =
    value instanceof z.ZodArray
      ? ([typeOf(value.def.element, path)] satisfies FieldType)
      : typeOf(value, path);
  return { type, required: value === schema };
};

/**
 * The GraphQL input of a zod schema, made once for each schema: command, agreement file and GraphQL have one
 * shape because there is one place that states it.
 */
export const inputObject = (schema: z.ZodObject, name: string): AnyInputType => {
  const before = made.get(schema);
  if (before !== undefined) return before;
  const stem = name.replace(/Input$/, '');
  const fields = Object.entries(schema.shape).map(
    ([key, value]) => [key, fieldOf(value, `${stem}${capital(key)}Input`)] as const,
  );
  const ref = builder.inputType(`${stem}Input`, {
    ...inputText(`${stem}Input`),
    fields: (t) => Object.fromEntries(fields.map(([key, field]) => [key, t.field(field)])),
  });
  made.set(schema, ref);
  return ref;
};
