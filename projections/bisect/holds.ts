import { Big } from 'big.js';
import { type Fact, factKey } from '#events/facts.ts';
import { strength } from '#events/values.ts';
import { deltaOf } from '../diff/delta.ts';
import type { AgreementState, TermState } from '../state.ts';
import type { COMPARISONS, Condition, Statement } from './condition.ts';

type Comparison = (typeof COMPARISONS)[number];

const signOf = (text: string): number => {
  if (!/[1-9]/.test(text)) return 0;
  return text.startsWith('-') ? -1 : 1;
};

/** Whether a fact lies above (1), at (0) or below (-1) a value; undefined where the two can not be compared. */
const against = (value: Fact, stated: Fact): number | undefined => {
  const delta = deltaOf(value, stated);
  if (delta === undefined) return undefined;
  if ('days' in delta) return Math.sign(delta.days);
  if ('duration' in delta) return signOf(delta.duration);
  if ('percent' in delta) return new Big(delta.percent).cmp(0);
  return new Big('money' in delta ? delta.money.amount : delta.quantity.value).cmp(0);
};

const compares = (is: Comparison, stated: Fact, value: Fact): boolean => {
  if (is === 'EQUALS') return factKey(stated) === factKey(value) || against(value, stated) === 0;
  return against(value, stated) === (is === 'ABOVE' ? 1 : -1);
};

type Named = {
  readonly state: AgreementState;
  readonly term: (id: string) => TermState | undefined;
};

type Tests = { readonly [F in Forms]: (of: StatementOf<F>, named: Named) => boolean };
type Forms = Statement extends infer S ? (S extends S ? keyof S : never) : never;
type StatementOf<F extends PropertyKey> = Extract<Statement, { readonly [K in F]: unknown }>[F &
  keyof Extract<Statement, { readonly [K in F]: unknown }>];

const TESTS: Tests = {
  inForce: (id, { term }) => term(id) !== undefined,
  applies: (id, { term }) => term(id)?.applies === true,
  kindInForce: (kind, { state }) => state.terms.some(({ value }) => value.kind === kind),
  termKind: ({ term: id, kind }, { term }) => term(id)?.value.kind === kind,
  fact: ({ term: id, name, is, value }, { term }) => {
    const stated = term(id)?.value.facts[name];
    return stated !== undefined && compares(is, stated, value);
  },
  standing: (standing, { state }) => state.standing === standing,
  evidence: ({ term: id, atLeast }, { term }) => {
    const found = term(id);
    return found !== undefined && strength(found.evidence) >= strength(atLeast);
  },
  says: ({ term: id, words }, { term }) =>
    term(id)?.value.prose?.toLowerCase().includes(words.toLowerCase()) === true,
  claimOpen: (claimId, { state }) =>
    state.claims.some((claim) => claim.claimId === claimId && claim.open),
};

const stated = (statement: Statement, named: Named): boolean => {
  const [entry] = Object.entries(statement);
  if (entry === undefined) return false;
  // The key names the test for its own value; the compiler can not follow that through the union.
  const [form, value] = entry as [Forms, never];
  return TESTS[form](value, named);
};

/**
 * Whether a condition holds of a state. Of a state that says nothing, because it lies before our coverage or the
 * agreement was not on record, nothing holds, and no opposite of anything.
 */
export const holdsIn = (condition: Condition, state: AgreementState): boolean => {
  if (state.empty !== undefined) return false;
  const terms = new Map<string, TermState>(state.terms.map((term) => [term.termId, term]));
  const named: Named = { state, term: (id) => terms.get(id) };
  const part = (one: Condition): boolean => {
    if ('not' in one) return !stated(one.not, named);
    if ('all' in one) return one.all.every(part);
    if ('any' in one) return one.any.some(part);
    return stated(one, named);
  };
  return part(condition);
};
