import { asChanges } from '#agreement/asked-changes.ts';
import type { DecidedChange } from '#agreement/natural-key.ts';
import type { Fact } from '#events/facts.ts';
import { type ChangeInput, type ChangeType, VERBS, type Verb } from '#events/verbs.ts';

type Fields = { readonly [field: string]: unknown };

const verbs = new Map<ChangeType, Verb>(
  Object.entries(VERBS).map(([verb, type]) => [type, verb as Verb]),
);

/** A fact as people write it: a text, a yes or no, an amount or a quantity says itself what it is. */
const short = (fact: Fact): unknown => {
  if ('text' in fact) return fact.text;
  if ('flag' in fact) return fact.flag;
  if ('money' in fact) return fact.money;
  return 'quantity' in fact ? fact.quantity : fact;
};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shortFacts = (facts: Fields): Fields =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, fact === null ? null : short(fact as Fact)]),
  );

/** A payload, or a part of it, with its facts in short form. */
const inShort = (value: unknown, name = ''): unknown => {
  if (Array.isArray(value)) return value.map((item) => inShort(item));
  if (!isFields(value)) return value;
  if (name === 'facts') return shortFacts(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inShort(part, key)]));
};

const asked = ({ type, data }: DecidedChange, named: boolean): Fields => {
  const { changeId, instrumentId: _, ...rest } = data as Fields;
  const verb = verbs.get(type) ?? type;
  return { [verb]: inShort(named ? { changeId, ...rest } : rest) };
};

/**
 * The changes of an instrument in command form, as people write them: an id is left out where it is the one that the
 * change gets by default.
 */
export const askedBack = (
  changes: readonly DecidedChange[],
  instrumentId: string,
): readonly Fields[] => {
  const named = new Set<number>();
  for (;;) {
    const inputs = changes.map((change, at) => asked(change, named.has(at)));
    // Written facts are no fact in its final form; ids are not made from them.
    const ids = asChanges(inputs as unknown as readonly ChangeInput[], instrumentId);
    const wrong = changes.flatMap(({ data }, at) =>
      ids[at]?.data.changeId === data.changeId ? [] : [at],
    );
    if (wrong.length === 0) return inputs;
    for (const at of wrong) named.add(at);
  }
};
