import type { Fact } from '#events/facts.ts';
import type { Term, TermValues } from '#events/terms.ts';
import type { TermId } from '#events/values.ts';
import type { Dated } from './dates.ts';

/** What a term says while the changes are applied. */
export type Content = {
  readonly kind: string;
  readonly heading?: string;
  readonly number?: string;
  readonly prose?: string;
  readonly after?: TermId;
  readonly facts: { readonly [name: string]: Fact };
};

/** A term that is there. */
export type Live = {
  readonly termId: TermId;
  readonly content: Content;
  /** The change that brought it in. */
  readonly since: Dated;
  /** The change that last set the whole value, then all applied behind it. */
  readonly causes: Dated[];
};

const contents = new WeakMap<Term, Content>();

/** The same object for the same term. */
export const contentOf = (term: Term): Content => {
  const known = contents.get(term);
  if (known !== undefined) return known;
  const { termId: _, facts, ...rest } = term;
  const content: Content = { ...rest, facts: facts ?? {} };
  contents.set(term, content);
  return content;
};

const FACT = 'facts.';
/** The fields of a term that are texts. */
export const TEXTS = ['kind', 'heading', 'number', 'prose', 'after'] as const;

/** Without what is cleared: `null` clears, what is left out stays. */
const merged = <T extends object>(beneath: T, fields: { readonly [name: string]: unknown }): T => {
  const values = { ...beneath, ...fields };
  const cleared = Object.keys(fields).some((name) => fields[name] === null);
  if (!cleared) return values;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as T;
};

/** An amendment sets its fields on the value beneath; facts merge by name. */
export const amended = (content: Content, values: TermValues): Content => {
  const { facts, ...texts } = values;
  return { ...merged(content, texts), facts: merged(content.facts, facts ?? {}) };
};

/** The named fields of values that are set; what whole values do not name is cleared. */
export const onlyFields = (
  values: TermValues | Content,
  fields: ReadonlySet<string>,
  whole: boolean,
): TermValues => {
  const taken = whole ? [...fields] : fieldsOf(values).filter((field) => fields.has(field));
  const texts = TEXTS.filter((name) => taken.includes(name));
  const facts = taken.filter((field) => field.startsWith(FACT));
  return {
    ...Object.fromEntries(texts.map((name) => [name, values[name] ?? null])),
    facts: Object.fromEntries(
      facts.map((field) => field.slice(FACT.length)).map((n) => [n, values.facts?.[n] ?? null]),
    ),
  };
};

/** Names of the fields that values state, facts as `facts.<name>`. */
export const fieldsOf = (values: Partial<TermValues> | Content): readonly string[] => [
  ...TEXTS.filter((name) => name in values),
  ...Object.keys(values.facts ?? {}).map((name) => `${FACT}${name}`),
];
