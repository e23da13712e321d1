import { type Question, question } from '#app/question.ts';
import { CliFailure } from './exit-codes.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const VERSION = /^v?(\d{1,9})$/;
const KNOWN = '@known:';

const place = (text: string): { readonly [name: string]: unknown } => {
  if (text === '' || text === 'today') return {};
  if (DAY.test(text)) return { effectiveOn: text };
  const version = VERSION.exec(text)?.[1];
  return version === undefined ? { tag: text } : { version: Number(version) };
};

/**
 * A point to compare: a day, a version (`v4` or `4`), a tag, or `today`; behind `@known:` the day or instant
 * whose knowledge counts. What is left out comes from `shared`.
 * @throws {CliFailure} when it is none of these.
 */
export const pointOf = (text: string, shared: Question): Question => {
  const at = text.indexOf(KNOWN);
  const known = at === -1 ? {} : { knownAt: text.slice(at + KNOWN.length) };
  const asked = { ...shared, ...place(at === -1 ? text : text.slice(0, at)), ...known };
  const parsed = question.safeParse(asked);
  if (parsed.success) return parsed.data;
  const forms =
    'a day (2025-01-21), a version (v4), a tag, or today, each perhaps with @known:TIME';
  throw new CliFailure(
    'USAGE',
    `${JSON.stringify(text)} is no point to compare: ${parsed.error.issues[0]?.message}; expected ${forms}`,
  );
};
