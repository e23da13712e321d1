import { z } from 'zod';
import { inputSchema, present } from './from-zod.ts';

type Read = (value: unknown) => unknown;
type Key = { readonly read: Read; readonly knowsNull: boolean };

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asItIs: Read = (value) => value;

const keysOf = ({ shape }: z.ZodObject): ReadonlyMap<string, Key> =>
  new Map(
    Object.entries(shape).map(([key, schema]) => [
      key,
      { read: reader(schema), knowsNull: present(schema) instanceof z.ZodNullable },
    ]),
  );

/** Null says something only where the schema knows it (clear this field); elsewhere it means absent. */
const readAt = (key: Key | undefined, value: unknown): unknown => {
  if (value === null && key?.knowsNull !== true) return undefined;
  return key === undefined ? value : key.read(value);
};

const objectReader = (schema: z.ZodObject): Read => {
  let keys: ReadonlyMap<string, Key> | undefined;
  return (value) => {
    if (!isObject(value)) return value;
    // Not before the first value, because schemas may hold themselves.
    keys ??= keysOf(schema);
    const kept: { [key: string]: unknown } = {};
    for (const key of Object.keys(value)) {
      const item = readAt(keys.get(key), value[key]);
      if (item !== undefined) kept[key] = item;
    }
    return kept;
  };
};

const made = new WeakMap<z.core.$ZodType, Read>();

const reader = (schema: z.core.$ZodType): Read => {
  const known = made.get(schema) ?? makeReader(schema);
  made.set(schema, known);
  return known;
};

const makeReader = (schema: z.core.$ZodType): Read => {
  const outer = present(schema);
  const inner = inputSchema(outer instanceof z.ZodNullable ? outer.def.innerType : outer);
  if (inner instanceof z.ZodObject) return objectReader(inner);
  if (!(inner instanceof z.ZodArray)) return asItIs;
  const item = reader(inner.def.element);
  return (value) => (Array.isArray(value) ? value.map(item) : value);
};

/** A GraphQL input as its schema reads it; nothing is judged here. */
export const commandInput = (schema: z.core.$ZodType, value: unknown): unknown =>
  reader(schema)(value);
