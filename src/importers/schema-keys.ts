import type { z } from 'zod';
import type { Path } from '#agreement/rejections.ts';

/** The parts of a zod schema that lead inward; each kind of schema has some of them. */
type Inside = {
  readonly shape?: { readonly [key: string]: z.core.$ZodType };
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
};

const inside = (schema: z.core.$ZodType): Inside => schema._zod.def as Inside;

/** The schemas that say something about a value itself, wrappers and unions taken off. */
const bare = (schema: z.core.$ZodType): readonly z.core.$ZodType[] => {
  const { innerType, in: input, options } = inside(schema);
  if (options !== undefined) return options.flatMap(bare);
  const wrapped = innerType ?? input;
  return wrapped === undefined ? [schema] : bare(wrapped);
};

const step = (schema: z.core.$ZodType, key: string | number): readonly z.core.$ZodType[] => {
  const { shape, element, valueType } = inside(schema);
  const next = typeof key === 'number' ? element : (shape?.[key] ?? valueType);
  return next === undefined ? [] : bare(next);
};

/** The keys that may stand in a map at this path of a value of the schema. */
export const keysAt = (schema: z.core.$ZodType, path: Path): readonly string[] => {
  let here = bare(schema);
  for (const key of path) here = here.flatMap((at) => step(at, key));
  return [...new Set(here.flatMap((at) => Object.keys(inside(at).shape ?? {})))];
};
