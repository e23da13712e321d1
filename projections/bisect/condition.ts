import { z } from 'zod';
import { fact, factName } from '#events/facts.ts';
import { claimId, grade, kind, termId } from '#events/values.ts';

export const AGREEMENT_STANDINGS = [
  'SCHEDULED',
  'PROSPECTIVE',
  'IN_FORCE',
  'EXPIRED',
  'TERMINATED',
] as const;
export const COMPARISONS = ['EQUALS', 'ABOVE', 'BELOW'] as const;

/** What can be said of the terms at one point. */
const shapes = {
  /** The term is in force, whether it applies or not. */
  inForce: termId,
  /** The term is in force, and no waiver or suspension covers it. */
  applies: termId,
  /** Some term of this kind is in force. */
  kindInForce: kind,
  /** The term is in force and of this kind. */
  termKind: z.strictObject({ term: termId, kind }),
  /** The value is of the same type as the fact; of money the same currency, of a quantity the same unit. */
  fact: z.strictObject({ term: termId, name: factName, is: z.enum(COMPARISONS), value: fact }),
  /** The agreement itself stands so. */
  standing: z.enum(AGREEMENT_STANDINGS),
  /** The term is in force on proof of this strength or more. */
  evidence: z.strictObject({ term: termId, atLeast: grade }),
  /** The prose of the term holds these characters, in large or small letters. */
  says: z.strictObject({ term: termId, words: z.string().min(1).max(1_000) }),
  /** The claim is reported, and neither resolved nor withdrawn. */
  claimOpen: claimId,
};
type Shapes = typeof shapes;
type Form = keyof Shapes;

/** One statement about the terms: exactly one of its forms. */
export type Statement = {
  readonly [F in Form]: { readonly [K in F]: z.infer<Shapes[F]> };
}[Form];
type Part = Statement | { readonly not: Statement };
/** A condition on the terms at a point, as data. */
export type Condition =
  | Part
  | { readonly all: readonly Part[] }
  | { readonly any: readonly Part[] };

const optional = Object.fromEntries(
  Object.entries(shapes).map(([name, schema]) => [name, schema.exactOptional()]),
) as { readonly [F in Form]: z.ZodExactOptional<Shapes[F]> };

const one = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape).refine((form) => Object.keys(form).length === 1, {
    error: `expected exactly one of: ${Object.keys(shape).join(', ')}`,
  });

// In these three, exactly one key of the record is what the union says.
export const statement = one(optional).transform((form) => form as unknown as Statement);

export const part = one({ ...optional, not: statement.exactOptional() }).transform(
  (form) => form as unknown as Part,
);
const parts = z.array(part).min(1).max(50).exactOptional();

/** A statement, its opposite, or several of which all or any must hold. */
export const condition = one({
  ...optional,
  not: statement.exactOptional(),
  all: parts,
  any: parts,
}).transform((form) => form as unknown as Condition);

const statementsIn = (one: Condition): readonly Statement[] => {
  if ('not' in one) return [one.not];
  if ('all' in one) return one.all.flatMap(statementsIn);
  return 'any' in one ? one.any.flatMap(statementsIn) : [one];
};

const termIn = (said: Statement): string | undefined => {
  if ('inForce' in said) return said.inForce;
  if ('applies' in said) return said.applies;
  const [value] = Object.values(said);
  return typeof value === 'object' && 'term' in value ? value.term : undefined;
};

/** The terms that a condition speaks of by their ids. */
export const termsIn = (of: Condition): readonly string[] =>
  statementsIn(of).flatMap((said) => termIn(said) ?? []);
