import { z } from 'zod';
import { edtf } from './edtf.ts';
import { line, partyId, prose } from './values.ts';

const exactNumber = (value: number): boolean =>
  Number.isInteger(value) ? Number.isSafeInteger(value) : Math.abs(value) < 1e15;

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const DECIMAL_FORM = {
  error: 'expected a decimal number such as 12.5, at most 60 digits; write large ones in quotes',
};
/** A decimal number kept as text; a YAML or JSON number is taken when it is exact (below 2^53). */
export const decimal = z
  .union([z.string(), z.number().refine(exactNumber, DECIMAL_FORM)], DECIMAL_FORM)
  .transform(String)
  .refine((text) => text.length <= 60 && DECIMAL.test(text), DECIMAL_FORM);

const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: 'expected a currency of three capitals (ISO 4217), like USD' });

const DURATION =
  /^P(?!$)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/;
const duration = z
  .string()
  .max(60)
  .regex(DURATION, { error: 'expected an ISO 8601 duration, like P60D, P18M or P10Y' });

const money = z.strictObject({ amount: decimal, currency });
const quantity = z.strictObject({ value: decimal, unit: line });

const keyed = {
  money: z.strictObject({ money }),
  percent: z.strictObject({ percent: decimal }),
  quantity: z.strictObject({ quantity }),
  date: z.strictObject({ date: edtf }),
  duration: z.strictObject({ duration }),
  party: z.strictObject({ party: partyId }),
  flag: z.strictObject({ flag: z.boolean() }),
  text: z.strictObject({ text: prose }),
};

const FACT_FORM = {
  error:
    'expected a fact keyed by its type: { money: { amount, currency } }, { percent }, { quantity: { value, unit } }, { date }, { duration }, { party }, { flag } or { text }',
};

const typed = z.union(
  [
    keyed.money,
    keyed.percent,
    keyed.quantity,
    keyed.date,
    keyed.duration,
    keyed.party,
    keyed.flag,
    keyed.text,
  ],
  FACT_FORM,
);

/** What an author may write for short: a plain text, `true`, `{ amount, currency }`, `{ value, unit }`. */
const short = z.union([
  z.boolean().transform((flag) => ({ flag })),
  prose.transform((text) => ({ text })),
  money.transform((sum) => ({ money: sum })),
  quantity.transform((amount) => ({ quantity: amount })),
]);

/** A typed value stated by a term, keyed by its type. */
export const fact = z.union([typed, short], FACT_FORM);
export type Fact = z.infer<typeof typed>;

/** Names of facts, like `price` or `noticePeriod`. */
export const factName = z
  .string()
  .regex(/^(?!__proto__$|constructor$|prototype$)[A-Za-z][A-Za-z0-9_.-]{0,99}$/, {
    error: 'expected a fact name of letters, digits, "_", "-" and ".", starting with a letter',
  });

/** The number a decimal text stands for, without trailing or leading zeros: equal numbers, equal texts. */
export const canonicalDecimal = (text: string): string => {
  const [whole = '0', fraction = ''] = text.split('.');
  const tail = fraction.replace(/0+$/, '');
  const number = tail === '' ? whole : `${whole}.${tail}`;
  return number === '-0' ? '0' : number;
};

/** Text that is the same for two facts exactly when they state the same value. */
export const factKey = (of: Fact): string => {
  if ('money' in of) return `money ${canonicalDecimal(of.money.amount)} ${of.money.currency}`;
  if ('percent' in of) return `percent ${canonicalDecimal(of.percent)}`;
  if ('quantity' in of) {
    return `quantity ${canonicalDecimal(of.quantity.value)} ${of.quantity.unit}`;
  }
  return JSON.stringify(of);
};
