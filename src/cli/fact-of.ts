import type { Fact } from '#events/facts.ts';

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const FORMS: readonly (readonly [RegExp, (...parts: readonly string[]) => Fact])[] = [
  [
    new RegExp(`^(${NUMBER}) ?([A-Z]{3})$`),
    (amount = '', currency = '') => ({ money: { amount, currency } }),
  ],
  [new RegExp(`^(${NUMBER}) ?%$`), (percent = '') => ({ percent })],
  [new RegExp(`^(${NUMBER}) (\\S.*)$`), (value = '', unit = '') => ({ quantity: { value, unit } })],
  [/^(yes|no)$/, (flag) => ({ flag: flag === 'yes' })],
  [/^P[\dT].*$/, (duration = '') => ({ duration })],
  [/^\d{4}(?:-\d{2}){0,2}[~?]?$/, (date = '') => ({ date }) as Fact],
];

/** The fact that people write as it is shown to them; what has no other form is a text. */
export const factOf = (text: string): Fact => {
  for (const [form, make] of FORMS) {
    const [whole, ...parts] = form.exec(text) ?? [];
    if (whole !== undefined) return make(...(parts.length > 0 ? parts : [whole]));
  }
  return { text };
};
