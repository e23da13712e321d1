import { canonicalDecimal } from '#events/facts.ts';

/** Digits that decide the rank of a number besides how many stand before the point. */
const LEADING = 7;
const STEP = 10 ** LEADING;

type Parts = { readonly isNegative: boolean; readonly whole: string; readonly fraction: string };

const partsOf = (text: string): Parts => {
  const canonical = canonicalDecimal(text);
  const isNegative = canonical.startsWith('-');
  const [whole = '', fraction = ''] = canonical.replace('-', '').split('.');
  return { isNegative, whole: whole === '0' ? '' : whole, fraction };
};

const complement = (digits: string): string => digits.replace(/\d/g, (digit) => `${9 - +digit}`);

/** Behind everything a number is written with, so that of two negative numbers the longer comes first. */
const LAST = '~';

/**
 * A text that orders as the number does when texts are compared byte by byte: the sign, how many digits stand before
 * the point, the digits; of a negative number the same with each digit taken from nine.
 * @param text a decimal of at most 60 characters
 */
export const orderedDecimal = (text: string): string => {
  const { isNegative, whole, fraction } = partsOf(text);
  const tail = fraction === '' ? '' : `.${fraction}`;
  const digits = `${String(whole.length).padStart(2, '0')}${whole}${tail}`;
  return isNegative ? `0${complement(digits)}${LAST}` : `1${digits}`;
};

/** The canonical decimal that an ordered text stands for. */
export const decimalFrom = (ordered: string): string => {
  const isNegative = ordered.startsWith('0');
  const digits = isNegative ? complement(ordered.slice(1, -1)) : ordered.slice(1);
  const [whole = '', fraction] = digits.slice(2).split('.');
  const tail = fraction === undefined ? '' : `.${fraction}`;
  return `${isNegative ? '-' : ''}${whole === '' ? '0' : whole}${tail}`;
};

/** A whole number of 32 bits that never falls as the number rises: where two are equal, the ordered texts decide. */
export const decimalRank = (text: string): number => {
  const { isNegative, whole, fraction } = partsOf(text);
  const leading = Number(`${whole}${fraction}`.slice(0, LEADING).padEnd(LEADING, '0'));
  const rank = whole.length * STEP + leading;
  return isNegative ? -rank : rank;
};
