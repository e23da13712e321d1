import { z } from 'zod';

const seen = new WeakSet<z.core.$ZodType>();

const isSchema = (value: unknown): value is z.core.$ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value;

/** An issue is all that an object asks of a key that is not there and need not be; it drops it. */
const expectPresent = (schema: z.core.$ZodExactOptional): void => {
  // With a default inside, there is something to say of what is not there.
  if (z.core.safeParse(schema._zod.def.innerType, undefined).success) return;
  const { run } = schema._zod;
  schema._zod.run = (payload, context) => {
    if (payload.value !== undefined) return run(payload, context);
    payload.issues.push({
      code: 'invalid_type',
      expected: 'nonoptional',
      input: undefined,
      inst: schema,
    });
    return payload;
  };
};

const parts = (value: unknown): readonly unknown[] => {
  if (isSchema(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
};

/**
 * Makes a schema and all within it pass over the keys that an object leaves out. zod holds each of them against its
 * schema, as `undefined`, and throws the issues away: of a change, which has twenty verbs and says one, that was more
 * than half of the time. What it accepts and gives back stays the same.
 */
export const passOverAbsent = (schema: z.core.$ZodType): void => {
  if (seen.has(schema)) return;
  seen.add(schema);
  if (schema instanceof z.ZodExactOptional) expectPresent(schema);
  for (const part of Object.values(schema._zod.def)) {
    for (const each of parts(part)) if (isSchema(each)) passOverAbsent(each);
  }
};
