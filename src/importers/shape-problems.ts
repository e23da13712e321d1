import type { z } from 'zod';
import { didYouMean } from '#agreement/nearest.ts';
import type { Path } from '#agreement/rejections.ts';
import { type Found, firstProblems, type Problem } from './problems.ts';
import { keysAt } from './schema-keys.ts';
import type { YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;

const pathOf = ({ path }: Issue): Path =>
  path.map((part) => (typeof part === 'symbol' ? String(part) : part));

/** An issue of one branch of a union, seen from the outside. */
const within = (outer: Issue, inner: Issue): Issue => ({
  ...inner,
  path: [...outer.path, ...inner.path],
});

/**
 * Of a union the branch that the author meant: the only one whose own keys and kind fit, so that its mistakes
 * lie deeper. Without such a branch the union speaks for itself.
 */
const opened = (issue: Issue): readonly Issue[] => {
  if (issue.code !== 'invalid_union') return [issue];
  const branches = issue.errors
    .map((inner) => inner.flatMap((one) => opened(within(issue, one))))
    .filter((inner) => inner.every(({ path }) => path.length > issue.path.length));
  const [meant, another] = branches;
  return meant === undefined || another !== undefined ? [issue] : meant;
};

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, String(key)) : undefined),
    data,
  );

const sentence = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
};

type Look = { readonly source: YamlSource; readonly schema: z.core.$ZodType };

/** A word alone between braces, as the second half of a text with a comma looks to YAML. */
const isBare = (source: YamlSource, path: Path, key: string): boolean =>
  source.written(path).startsWith('{') && valueAt(source.data, [...path, key]) === null;

const unknown = (key: string, path: Path, { source, schema }: Look): string => {
  const known = keysAt(schema, path);
  const hint = didYouMean(key, known) || ` Known here: ${known.join(', ')}.`;
  const where = path.length === 0 ? '' : ` in ${sentence(path)}`;
  const comma = isBare(source, path, key) ? ' A text with a comma inside { } needs quotes.' : '';
  return `unknown key ${key}${where}.${hint}${comma}`;
};

const unknownKeys = (
  issue: Issue & { readonly code: 'unrecognized_keys' },
  look: Look,
): readonly Found[] => {
  const path = pathOf(issue);
  return issue.keys.map((key) => ({
    ...look.source.placeOfKey(path, key),
    tell: () => unknown(key, path, look),
  }));
};

/** `[..2026-04-27]` without quotes is a YAML list. */
const isUnquotedDate = (written: string): boolean =>
  written.includes('..') && /^[[{][^[\]{}]*[\]}]$/.test(written);

const missing = ({ message }: Issue, path: Path): string => {
  const expected = /expected (.*?),? received undefined/.exec(message)?.[1];
  const what = expected ?? message.replace(/^expected /, '');
  return `${sentence(path)} is missing: expected ${what}`;
};

const wrong = (issue: Issue, value: unknown, written: string): string => {
  const path = sentence(pathOf(issue));
  if (isUnquotedDate(written)) {
    return `${path}: a date with brackets needs quotes: "${written}"`;
  }
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    const hint = typeof value === 'string' ? didYouMean(value, allowed) : '';
    return `${path}: expected one of ${allowed.join(', ')}, not ${shown(value)}.${hint}`;
  }
  if (value === null) return `${path}: is empty; give it a value or leave the line out`;
  const message = issue.message.replace(/^Invalid input: /, '');
  // Some say already what they were given.
  const given = message.includes(shown(value)) ? '' : `, not ${shown(value)}`;
  return `${path}: ${message}${given}${capitals(issue, value)}`;
};

const capitals = ({ message }: Issue, value: unknown): string => {
  if (!message.startsWith('expected a kind in capitals') || typeof value !== 'string') return '';
  const upper = value
    .trim()
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_');
  return `. Did you mean ${upper}?`;
};

const named = (issue: Issue, { source }: Look): Found => {
  const path = pathOf(issue);
  const tell = (): string => {
    const value = valueAt(source.data, path);
    return value === undefined ? missing(issue, path) : wrong(issue, value, source.written(path));
  };
  return { ...source.placeOf(path), tell };
};

/** An unknown key says already why its map is none of what could stand there. */
const spokenOnce = (issues: readonly Issue[]): readonly Issue[] => {
  const unknown = new Set(
    issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? sentence(pathOf(issue)) : [])),
  );
  return issues.filter((issue) => issue.code !== 'custom' || !unknown.has(sentence(pathOf(issue))));
};

/** The issues of a schema as problems of the text, in its order, each with what would be right. */
export const shapeProblems = (issues: readonly Issue[], look: Look): readonly Problem[] =>
  firstProblems(
    spokenOnce(issues.flatMap(opened)).flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? unknownKeys(issue, look) : [named(issue, look)],
    ),
  );
