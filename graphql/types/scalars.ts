import { GraphQLError } from 'graphql';
import { builder } from '../builder.ts';
import { badInput } from '../errors.ts';

type TextScalar = 'Day' | 'Instant' | 'DayOrInstant' | 'Edtf' | 'EdtfOrInstant';

const asText = (name: string) => (value: unknown) => {
  if (typeof value === 'string') return value;
  throw badInput(`${name} is written as a text, in quotes.`);
};

/**
 * Scalars name the form of a text. Whether the text has that form is judged where the whole input is, so that
 * every mistake is reported at once and with its path: by the command's schema or by the question's.
 */
const textScalar = (name: TextScalar, description: string) =>
  builder.scalarType(name, { description, serialize: (value) => value, parseValue: asText(name) });

export const Day = textScalar('Day', 'A calendar day that exists: 2025-01-21.');
export const Instant = textScalar(
  'Instant',
  'An exact moment, ISO 8601 with its offset: 2025-01-21T14:03:07Z. Answers are in UTC.',
);
export const DayOrInstant = textScalar(
  'DayOrInstant',
  'A day, which counts from its end, or an exact moment.',
);
export const Edtf = textScalar(
  'Edtf',
  'A date as precise as its source: EDTF (ISO 8601-2) such as 2025-01-21, 2025-01, 2024, 2025-03~, [..2026-04-27], 2025-33 (first quarter), or unknown.',
);
export const EdtfOrInstant = textScalar('EdtfOrInstant', 'A date (Edtf) or an exact moment.');

const MOST_LEVELS = 40;

/** Levels of nesting, counted without recursion up to one more than is allowed. */
const tooDeep = (value: unknown): boolean => {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= MOST_LEVELS; depth += 1) {
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? Object.values(item) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
};

const asJson = (value: unknown): unknown => {
  if (tooDeep(value)) throw badInput(`JSON may be nested ${MOST_LEVELS} levels deep.`);
  return value;
};

const asObject = (name: string) => (value: unknown) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return asJson(value);
  throw badInput(`${name} is an object.`);
};

export const Json = builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: asJson,
});

export const Facts = builder.scalarType('Facts', {
  description:
    'Facts by name, each keyed by its type, as in an agreement file: { price: { money: { amount: "100", currency: "USD" } } }. Types: money, percent, quantity { value, unit }, date, duration, party, flag, text; for short true, "text", { amount, currency }, { value, unit }. Where values are amended, null clears a fact.',
  serialize: (value) => value,
  parseValue: asObject('Facts'),
});

export const FactInput = builder.scalarType('FactInput', {
  description:
    'One fact, keyed by its type, as in Facts: { money: { amount: "100", currency: "USD" } }; for short true, "text", { amount, currency }, { value, unit }.',
  serialize: (value) => value,
  parseValue: (value) => value,
});

export const EffectiveStart = builder.scalarType('EffectiveStart', {
  description:
    'The first day of legal effect: a date (Edtf), or the conditions it waits for: { onConditions: [{ conditionId, description }], notBefore, longStop }.',
  serialize: (value) => value,
  parseValue: (value) => (typeof value === 'string' ? value : asObject('EffectiveStart')(value)),
});

const asPosition = (value: unknown): number => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw badInput('Position is a whole number from 0 to 9007199254740991.');
};

export const Position = builder.scalarType('Position', {
  description:
    'A place in the whole log: a whole number from 0 that JSON and JavaScript carry exactly (up to 2^53 - 1).',
  serialize: (value) => value,
  parseValue: asPosition,
  parseLiteral: (node) => {
    if (node.kind === 'IntValue') return asPosition(Number(node.value));
    throw new GraphQLError('Position is a whole number.', { nodes: [node] });
  },
});
