import type { PortfolioFilter, PortfolioOrder } from './filter.ts';
import type { Point } from './matching.ts';

/** A place in a list: behind the agreement of this id, which had this value where the order needs one. */
export type Place = { readonly id: string; readonly value: string | number | null };

/** What the index is asked: at resolved points, each agreement at one of them. */
export type IndexQuestion = {
  readonly filter: PortfolioFilter;
  readonly order: PortfolioOrder;
  readonly points: readonly Point[];
  /** At most so many agreements, from 0. */
  readonly first: number;
  readonly after?: Place;
};

/** A number, a sum or a date that a term states, as text: decimals in canonical form, dates as their source gives them. */
export type MatchedFact = {
  readonly name: string;
  readonly measure: 'money' | 'percent' | 'quantity' | 'date';
  /** Of money and of a quantity. */
  readonly unit?: string;
  readonly value: string;
};

/** A term that fulfils all that is asked of one, with the facts that were asked for. */
export type MatchedTerm = {
  readonly termId: string;
  /** Absent where the term was never there: a finding is about a change that found none. */
  readonly standing?: string;
  /** Absent where the term is not in force. */
  readonly kind?: string;
  readonly evidence?: string;
  readonly facts: readonly MatchedFact[];
};

export type PortfolioRow = {
  readonly agreementId: string;
  readonly title: string;
  readonly standing?: string;
  readonly endsOn?: string;
  readonly parties: readonly string[];
  /** How many terms are in force. */
  readonly termCount: number;
  /** In order of id; empty when nothing is asked of terms. */
  readonly terms: readonly MatchedTerm[];
  readonly place: Place;
};

export type IndexPage = {
  readonly rows: readonly PortfolioRow[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
};
