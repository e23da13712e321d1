import { z } from 'zod';
import { inputSchema, present } from './from-zod.ts';

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Null says something only where the schema knows it (clear this field); elsewhere it means absent. */
const kept = (value: unknown, schema: z.core.$ZodType | undefined): boolean =>
  value !== undefined &&
  (value !== null || (schema !== undefined && present(schema) instanceof z.ZodNullable));

const objectInput = (schema: z.ZodObject, value: { readonly [key: string]: unknown }) =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => kept(item, schema.shape[key]))
      .map(([key, item]) => [key, commandInput(schema.shape[key], item)]),
  );

/** A GraphQL input as its schema reads it; nothing is judged here. */
export const commandInput = (schema: z.core.$ZodType | undefined, value: unknown): unknown => {
  if (schema === undefined) return value;
  const outer = present(schema);
  const inner = inputSchema(outer instanceof z.ZodNullable ? outer.def.innerType : outer);
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => commandInput(inner.def.element, item));
  }
  return inner instanceof z.ZodObject && isObject(value) ? objectInput(inner, value) : value;
};
