import SchemaBuilder, { type InputType } from '@pothos/core';
import type { GraphContext } from './context.ts';

type Text = { Input: string; Output: string };

/** What the builder knows of our types: every field is there unless it is said to be nullable. */
type SchemaTypes = {
  Context: GraphContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: Text;
    Day: Text;
    Instant: Text;
    DayOrInstant: Text;
    Edtf: Text;
    EdtfOrInstant: Text;
    EffectiveStart: { Input: unknown; Output: unknown };
    Position: { Input: number; Output: number };
    FactInput: { Input: unknown; Output: unknown };
    Facts: { Input: unknown; Output: unknown };
    JSON: { Input: unknown; Output: unknown };
  };
};

/** Every file under types, mutations and subscriptions adds its part to this one. */
export const builder = new SchemaBuilder<SchemaTypes>({ defaultFieldNullability: false });

/** Any GraphQL input type that the builder knows, or its name. */
export type AnyInputType = InputType<typeof builder.$inferSchemaTypes>;
