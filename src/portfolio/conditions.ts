import { parseDay } from '#events/days.ts';
import { type Grade, strength } from '#events/values.ts';
import {
  ENDS_ON,
  EVIDENCE,
  factAttribute,
  findingAttribute,
  kindAttribute,
  partyAttribute,
  standingAttribute,
  termStandingAttribute,
} from '#projections/portfolio/held.ts';
import { decimalRank, orderedDecimal } from '#projections/portfolio/ordered-decimal.ts';
import type { FactFilter, PortfolioFilter, TermFilter } from './filter.ts';

/** A bound of what is held: a rank, and where ranks are equal a value. */
type Bound = { readonly rank: number; readonly value?: string };

/** Something that must be held, by an agreement or by one of its terms. */
export type Condition = {
  readonly of: 'agreement' | 'term' | 'either';
  /** The attribute; of facts of any name, what stands behind the name. */
  readonly attribute: { readonly name: string } | { readonly measure: string };
  /** The low rank lies above, and below, exclusive. */
  readonly above?: Bound;
  readonly below?: Bound;
  /** The high rank lies below, exclusive. */
  readonly highBelow?: number;
  /** Values of it order by their texts; else by low ranks. */
  readonly byValue?: boolean;
};

type Amounts = { readonly above?: string; readonly below?: string };
type Days = {
  readonly after?: Parameters<typeof parseDay>[0];
  readonly before?: Parameters<typeof parseDay>[0];
};

const boundAt = (text: string): Bound => ({ rank: decimalRank(text), value: orderedDecimal(text) });

const within = ({ above, below }: Amounts) => ({
  byValue: true,
  ...(above !== undefined && { above: boundAt(above) }),
  ...(below !== undefined && { below: boundAt(below) }),
});

const between = ({ after, before }: Days) => ({
  ...(after !== undefined && { above: { rank: parseDay(after) } }),
  ...(before !== undefined && { highBelow: parseDay(before) }),
});

const measureOf = ({ money, percent, quantity, date }: FactFilter) => {
  if (money !== undefined) return [`money ${money.currency}`, within(money)] as const;
  if (percent !== undefined) return ['percent', within(percent)] as const;
  if (quantity !== undefined) return [`quantity ${quantity.unit}`, within(quantity)] as const;
  return ['date', between(date ?? {})] as const;
};

const ofFact = (fact: FactFilter): Condition => {
  const [measure, bounds] = measureOf(fact);
  const { name } = fact;
  const attribute = name === undefined ? { measure } : { name: factAttribute(name, measure) };
  return { of: 'term', attribute, ...bounds };
};

const ofEvidence = ({ atLeast, atMost }: { atLeast?: Grade; atMost?: Grade }): Condition => ({
  of: 'term',
  attribute: { name: EVIDENCE },
  ...(atLeast !== undefined && { above: { rank: strength(atLeast) - 1 } }),
  ...(atMost !== undefined && { below: { rank: strength(atMost) + 1 } }),
});

const named = (of: Condition['of'], name: string | undefined): readonly Condition[] =>
  name === undefined ? [] : [{ of, attribute: { name } }];

const ofTerm = ({ kind, standing, evidence, finding, facts = [] }: TermFilter) => {
  const conditions = [
    ...facts.map(ofFact),
    ...named('term', kind && kindAttribute(kind)),
    ...named('term', finding && findingAttribute(finding)),
    ...named('term', standing && termStandingAttribute(standing)),
    ...(evidence === undefined ? [] : [ofEvidence(evidence)]),
  ];
  // Any term will do.
  return conditions.length > 0 ? conditions : named('term', termStandingAttribute('IN_FORCE'));
};

/** All conditions of a filter; those on the agreement first, then those on one and the same term, its facts first. */
export const conditionsOf = (filter: PortfolioFilter): readonly Condition[] => {
  const { party, standing, finding, endsOn, term } = filter;
  return [
    ...named('agreement', party && partyAttribute(party)),
    ...named('agreement', standing && standingAttribute(standing)),
    ...named('either', finding && findingAttribute(finding)),
    ...(endsOn === undefined
      ? []
      : [{ of: 'agreement', attribute: { name: ENDS_ON }, ...between(endsOn) } as const]),
    ...(term === undefined ? [] : ofTerm(term)),
  ];
};
