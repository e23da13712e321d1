import Big from 'big.js';
import { parseDay } from '#events/days.ts';
import { bounds } from '#events/edtf.ts';
import type { Fact } from '#events/facts.ts';
import { strength } from '#events/values.ts';
import type { FactFilter, PortfolioFilter, PortfolioOrder, TermFilter } from '#portfolio/filter.ts';
import type { AgreementState, TermState } from '#projections/state.ts';

/** The portfolio in the slow and obvious way: each state is looked at, then sorted in memory. */

const lies = (text: string, { above, below }: { above?: string; below?: string }): boolean =>
  (above === undefined || new Big(text).gt(above)) &&
  (below === undefined || new Big(text).lt(below));

type Days = NonNullable<PortfolioFilter['endsOn']>;

const liesIn = (date: string, { after, before }: Days): boolean => {
  const { earliest, latest } = bounds(date);
  return (
    (after === undefined || earliest > parseDay(after)) &&
    (before === undefined || latest < parseDay(before))
  );
};

const fits = (fact: Fact, { money, percent, quantity, date }: FactFilter): boolean => {
  if (money && 'money' in fact) {
    return fact.money.currency === money.currency && lies(fact.money.amount, money);
  }
  if (percent && 'percent' in fact) return lies(fact.percent, percent);
  if (quantity && 'quantity' in fact) {
    return fact.quantity.unit === quantity.unit && lies(fact.quantity.value, quantity);
  }
  return date !== undefined && 'date' in fact && liesIn(fact.date, date);
};

const fitting = (term: TermState, filter: FactFilter): readonly Fact[] =>
  Object.entries(term.value.facts)
    .filter(([name, fact]) => (filter.name ?? name) === name && fits(fact, filter))
    .map(([, fact]) => fact);

const gradeFits = (
  term: TermState | undefined,
  { atLeast, atMost }: NonNullable<TermFilter['evidence']>,
): boolean => {
  if (term === undefined) return false;
  const grade = strength(term.evidence);
  return (
    (atLeast === undefined || grade >= strength(atLeast)) &&
    (atMost === undefined || grade <= strength(atMost))
  );
};

const isFound = (state: AgreementState, termId: string, wanted: string): boolean =>
  state.findings.some(({ code, terms }) => code === wanted && terms.some((id) => id === termId));

/** For each thing that may be asked of a term, whether it fulfils it; undefined where it is not asked. */
const judged = (state: AgreementState, termId: string, filter: TermFilter) => {
  const term = state.terms.find((one) => one.termId === termId);
  const ended = state.ended.find((one) => one.termId === termId);
  const { kind, standing, evidence, finding, facts } = filter;
  const asked = [
    kind && term?.value.kind === kind,
    standing && [term?.standing, ended?.standing].includes(standing),
    evidence && gradeFits(term, evidence),
    finding && isFound(state, termId, finding),
    facts?.every((fact) => term !== undefined && fitting(term, fact).length > 0),
  ].filter((one) => one !== undefined);
  return asked.length === 0 ? [term !== undefined] : asked;
};

const termFits = (state: AgreementState, termId: string, filter: TermFilter): boolean =>
  judged(state, termId, filter).every((one) => one === true);

/** Ids of the terms that fulfil a filter, in order. */
export const fittingTerms = (
  state: AgreementState,
  filter: TermFilter | undefined,
): readonly string[] => {
  if (filter === undefined) return [];
  const all = [
    ...[...state.terms, ...state.ended].map(({ termId }) => termId as string),
    ...state.findings.flatMap(({ terms }) => terms),
  ];
  return [...new Set(all)].filter((termId) => termFits(state, termId, filter)).toSorted();
};

export const agreementFits = (state: AgreementState, filter: PortfolioFilter): boolean => {
  const { party, standing, finding, endsOn, term } = filter;
  return (
    state.empty !== 'NOT_RECORDED' &&
    (party === undefined || state.parties.some(({ partyId }) => partyId === party)) &&
    (standing === undefined || state.standing === standing) &&
    (finding === undefined || state.findings.some(({ code }) => code === finding)) &&
    (endsOn === undefined || (state.endsOn !== undefined && liesIn(state.endsOn, endsOn))) &&
    (term === undefined || fittingTerms(state, term).length > 0)
  );
};

const numberIn = (fact: Fact): Big =>
  'money' in fact
    ? new Big(fact.money.amount)
    : 'percent' in fact
      ? new Big(fact.percent)
      : new Big('date' in fact ? bounds(fact.date).earliest : 0);

const sortValue = (
  state: AgreementState,
  filter: PortfolioFilter,
  { by, descending }: PortfolioOrder,
): Big | string | undefined => {
  if (by === 'TITLE') return `${state.title.toLowerCase()}\n${state.title}`;
  if (by === 'TERMS') return new Big(state.terms.length);
  if (by === 'ENDS_ON') {
    return state.endsOn === undefined ? undefined : new Big(bounds(state.endsOn).earliest);
  }
  const [fact] = filter.term?.facts ?? [];
  if (by === 'ID' || fact === undefined) return undefined;
  const fit = fittingTerms(state, filter.term);
  const numbers = state.terms
    .filter(({ termId }) => fit.includes(termId))
    .flatMap((term) => fitting(term, fact).map(numberIn))
    .toSorted((a, b) => a.cmp(b));
  return descending === true ? numbers.at(-1) : numbers[0];
};

const compared = (a: Big | string, b: Big | string): number =>
  typeof a === 'string' || typeof b === 'string'
    ? Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
    : a.cmp(b);

/** The states that fulfil a filter, in order. */
export const sortedStates = (
  states: readonly AgreementState[],
  filter: PortfolioFilter,
  order: PortfolioOrder,
): readonly AgreementState[] => {
  const way = order.descending === true ? -1 : 1;
  const fitting = states.filter((state) => agreementFits(state, filter));
  return fitting.toSorted((a, b) => {
    const byId = a.agreementId < b.agreementId ? -1 : 1;
    if (order.by === 'ID') return byId * way;
    const [x, y] = [sortValue(a, filter, order), sortValue(b, filter, order)];
    if (x === undefined || y === undefined) {
      return Number(x === undefined) - Number(y === undefined) || byId;
    }
    return compared(x, y) * way || byId;
  });
};
