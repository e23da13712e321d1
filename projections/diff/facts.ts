import { type Fact, factKey } from '#events/facts.ts';
import type { Value } from '../state.ts';
import { type Delta, deltaOf } from './delta.ts';

/** A fact that was not there, is there no more, or states another value. */
export type FactChange = {
  readonly name: string;
  readonly old?: Fact;
  readonly new?: Fact;
  /** New minus old, where the two can be compared. */
  readonly delta?: Delta;
};

type Facts = Pick<Value, 'facts'>;

const byName = (values: readonly Facts[]): ReadonlyMap<string, readonly Fact[]> => {
  const found = new Map<string, Fact[]>();
  for (const [name, fact] of values.flatMap(({ facts }) => Object.entries(facts))) {
    const same = found.get(name);
    if (same === undefined) found.set(name, [fact]);
    else same.push(fact);
  }
  return found;
};

/** The facts that the other side does not state as well; what both state is taken off once for once. */
const without = (facts: readonly Fact[], other: readonly Fact[]): readonly Fact[] => {
  const left = new Map<string, number>();
  for (const key of other.map(factKey)) left.set(key, (left.get(key) ?? 0) + 1);
  return facts.filter((fact) => {
    const count = left.get(factKey(fact)) ?? 0;
    left.set(factKey(fact), count - 1);
    return count <= 0;
  });
};

const change = (name: string, old: Fact | undefined, now: Fact | undefined): FactChange => {
  const delta = old && now && deltaOf(old, now);
  return { name, ...(old && { old }), ...(now && { new: now }), ...(delta && { delta }) };
};

/**
 * The facts in which terms differ, by name; equal numbers are equal however they are written. With several
 * terms on a side, facts of one name that both sides state are left out, and the rest pair up in order.
 */
export const diffFacts = (from: readonly Facts[], to: readonly Facts[]): readonly FactChange[] => {
  const [before, after] = [byName(from), byName(to)];
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names.flatMap((name) => {
    const [b, a] = [before.get(name) ?? [], after.get(name) ?? []];
    const [old, now] = [without(b, a), without(a, b)];
    const pairs = Math.max(old.length, now.length);
    return Array.from({ length: pairs }, (_, at) => change(name, old[at], now[at]));
  });
};
