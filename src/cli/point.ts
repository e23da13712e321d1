import { didYouMean } from '#agreement/nearest.ts';
import { type Question, question } from '#app/question.ts';
import { CliFailure } from './exit-codes.ts';
import { type Options, written } from './question-options.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NEARLY_A_DAY = /^\d{1,4}[-/.]\d/;
const VERSION = /^v?(\d{1,9})$/;
const CURSOR = 'cursor:';

const place = (text: string): Options => {
  if (text === '' || text === 'today') return {};
  if (DAY.test(text)) return { effectiveOn: text };
  if (NEARLY_A_DAY.test(text)) throw badPoint(text, 'a day has four, two and two digits');
  if (text.startsWith(CURSOR)) return { cursor: text.slice(CURSOR.length) };
  const version = VERSION.exec(text)?.[1];
  return version === undefined ? { tag: text } : { version: Number(version) };
};

/** What may stand behind an `@`; docs/reference/coordinates.md lists the same. */
export const MODIFIERS: {
  readonly [name: string]: { readonly form: string; readonly read: (value: string) => Options };
} = {
  known: { form: '@known:TIME', read: (knownAt) => ({ knownAt }) },
  position: { form: '@position:N', read: (text) => ({ position: Number(text || Number.NaN) }) },
  public: { form: '@public', read: () => ({ knowledge: true }) },
  executed: { form: '@executed:DAY', read: (executedBy) => ({ executedBy }) },
  assume: { form: '@assume:WHAT', read: (text) => ({ assume: text.split(',') }) },
  uncertain: { form: '@uncertain:HOW', read: (uncertain) => ({ uncertain }) },
};

const badPoint = (text: string, why: string): CliFailure => {
  const forms = Object.values(MODIFIERS).map(({ form }) => form);
  return new CliFailure(
    'USAGE',
    `${JSON.stringify(text)} is no point to compare: ${why}; expected a day (2025-01-21), a version (v4), a tag, cursor:CURSOR or today, each perhaps with ${forms.join(', ')}`,
  );
};

const modifier = (text: string, part: string): Options => {
  const [name = '', ...value] = part.split(':');
  const known = Object.hasOwn(MODIFIERS, name) ? MODIFIERS[name] : undefined;
  if (known !== undefined) return known.read(value.join(':'));
  const hint = didYouMean(name, Object.keys(MODIFIERS));
  throw badPoint(text, `there is no @${name}.${hint}`);
};

/**
 * A point to compare: a day, a version (`v4` or `4`), a tag, a cursor of the feed (`cursor:…`), or `today`; behind it
 * any of {@link MODIFIERS}, such as `@known:2025-05-01`. What is left out comes from `shared`.
 * @throws {CliFailure} that says what is wrong and what a point can be
 */
export const pointOf = (text: string, shared: Question): Question => {
  const [where = '', ...parts] = text.split('@');
  const asked = Object.assign({}, place(where), ...parts.map((part) => modifier(text, part)));
  const parsed = question.safeParse({ ...shared, ...written(asked) });
  if (parsed.success) return parsed.data;
  throw badPoint(text, parsed.error.issues[0]?.message ?? 'it has no such form');
};
