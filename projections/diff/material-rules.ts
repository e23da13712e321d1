/** Reasons for which a lawyer would stop at a difference. */
export const MATERIAL_FLAGS = [
  'NUMBER',
  'MONEY',
  'DATE',
  'DURATION',
  'PARTY',
  'MODALITY',
  'NEGATION',
  'EXCLUSIVITY',
] as const;
export type MaterialFlag = (typeof MATERIAL_FLAGS)[number];

/** The longest phrase a pattern may match; what is longer is not found. */
export const LONGEST_PHRASE = 60;

// Bounded, so that a text of digits alone costs no more than any other.
const FIGURE = String.raw`(?<!\p{Nd})\p{Nd}{1,30}(?:[.,]\p{Nd}{1,30}){0,8}`;
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const UNITS =
  'zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const SIZES = 'hundred|thousand|million|billion|trillion';
// "One" is a pronoun as often as a number.
const NUMERAL = String.raw`\b(?:(?:${TENS})(?:-(?:one|${UNITS}))?|${UNITS}|${SIZES})\b`;
const NUMBER = `${FIGURE}|${NUMERAL}`;
const MONTH =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const AMOUNT = String.raw`${FIGURE}(?:\s(?:${SIZES}))?`;
const CURRENCY =
  '(?:USD|EUR|GBP|JPY|CHF|CNY|CAD|AUD|INR|SEK|NOK|DKK|dollars?|euros?|pounds?|yen|francs?)';

const pattern = (source: string, flags = 'giu'): RegExp => new RegExp(source, flags);

/** A flag's rule in words, and the pattern that finds the words; PARTY looks for names instead. */
export type MaterialRule = { readonly rule: string; readonly pattern?: RegExp };

/** The rules. English only; each stands alone, so that a sum of money is a number as well. */
export const MATERIAL_RULES: { readonly [F in MaterialFlag]: MaterialRule } = {
  NUMBER: {
    rule: 'a number in figures or in words ("one" left out), or a fact that states one',
    pattern: pattern(NUMBER),
  },
  MONEY: {
    rule: 'a number with a currency, or a fact that states a sum of money',
    pattern: pattern(
      String.raw`(?:\p{Sc}|\b${CURRENCY})\s?${AMOUNT}|(?:${AMOUNT}|${NUMERAL}(?:\s(?:${SIZES}))?)\s${CURRENCY}\b`,
    ),
  },
  DATE: {
    rule: 'a day, a month with a number, a year behind a preposition, or a fact or start that is a date',
    pattern: pattern(
      String.raw`\b\d{4}-\d{2}(?:-\d{2})?\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:\d{1,2}(?:st|nd|rd|th)?\s)?${MONTH}\s\d{1,2}(?:,?\s\d{4})?\b|\b\d{1,2}(?:st|nd|rd|th)?\s(?:day\sof\s)?${MONTH}\b|\b${MONTH},?\s\d{4}\b|\b(?:in|by|through|until|since|before|after|during|from|to|of|year|end)\s(?:19|20)\d{2}\b`,
    ),
  },
  DURATION: {
    rule: 'a number of hours, days, weeks, months, quarters or years, or a fact that states a duration',
    pattern: pattern(
      String.raw`(?:${NUMBER}|\bone\b)(?:\s?\(\d{1,5}\))?[\s-](?:(?:business|calendar|working|consecutive|full)\s)?(?:hour|day|week|month|quarter|year)s?\b`,
    ),
  },
  PARTY: {
    rule: 'the name, the short name, the id or the role of a party, or a fact that names one',
  },
  MODALITY: {
    rule: 'shall, must, will, may, should, can, or a word that obliges, entitles, permits or forbids',
    pattern: pattern(
      String.raw`\b(?:shall|must|will|may(?!\s\d)|should|can|cannot|oblig(?:ed|ated)|required|entitled|permitted|prohibited|forbidden)\b`,
    ),
  },
  NEGATION: {
    rule: 'not, no, never, neither, nor, none, without, unless, except, or a yes-or-no fact that turned',
    pattern: pattern(
      String.raw`\b(?:not|no(?!\.\s?\d)|never|neither|nor|none|nothing|without|unless|except|cannot)\b|n['’]t\b`,
    ),
  },
  EXCLUSIVITY: {
    rule: 'exclusive, sole, first refusal, or a fact named after exclusivity',
    pattern: pattern(
      String.raw`\b(?:non-?)?exclusiv(?:e|ely|ity)\b|\bsole(?:ly)?\b|\bfirst\srefusal\b`,
    ),
  },
};
