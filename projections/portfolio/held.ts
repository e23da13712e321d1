import { bounds } from '#events/edtf.ts';
import type { Fact } from '#events/facts.ts';
import { strength, type TermId } from '#events/values.ts';
import type { AgreementState, Finding, TermState, Value } from '../state.ts';
import type { TermView } from '../tracks/term-view.ts';
import { decimalRank, orderedDecimal } from './ordered-decimal.ts';

/** One thing that an agreement or a term of it holds at a point, by which agreements are found. */
export type Held = {
  /** Absent: the agreement itself holds it. */
  readonly termId?: TermId;
  /** What it is, such as `kind EXCLUSIVITY` or `fact rent money EUR`. */
  readonly attribute: string;
  /** What it says; of numbers the ordered text, of dates what the source gives. */
  readonly value: string;
  /**
   * Whole numbers of 32 bits. Values order by the first of them, then by `value`; of a date its earliest and its
   * latest day.
   */
  readonly rank: readonly [low: number, high: number];
  /** The same text for the same thing, in one agreement. */
  readonly key: string;
};

export const TITLE = 'title';
export const ENDS_ON = 'ends on';
export const TERMS = 'terms';
export const EVIDENCE = 'evidence';
export const standingAttribute = (standing: string): string => `standing ${standing}`;
/** Of a term, so that few agreements are not looked for among many terms. */
export const termStandingAttribute = (standing: string): string => `term-standing ${standing}`;
export const partyAttribute = (partyId: string): string => `party ${partyId}`;
export const findingAttribute = (code: string): string => `finding ${code}`;
export const kindAttribute = (kind: string): string => `kind ${kind}`;
/** @param measure the type of a fact with its currency or unit: `money EUR`, `percent`, `quantity days`, `date` */
export const factAttribute = (name: string, measure: string): string => `fact ${name} ${measure}`;

type Said = Partial<Pick<Held, 'termId' | 'value' | 'rank'>>;

const held = (attribute: string, { termId, value = '', rank = [0, 0] }: Said = {}): Held => ({
  ...(termId !== undefined && { termId }),
  attribute,
  value,
  rank,
  key: `${termId ?? ''}\n${attribute}\n${value}`,
});

const number = (text: string): Said => {
  const rank = decimalRank(text);
  return { value: orderedDecimal(text), rank: [rank, rank] };
};

const date = (text: string): Said => {
  const { earliest, latest } = bounds(text);
  return { value: text, rank: [earliest, latest] };
};

/** What a fact measures, and how much; facts of other types are not searched by. */
const measured = (fact: Fact): readonly [measure: string, said: Said] | undefined => {
  if ('money' in fact) return [`money ${fact.money.currency}`, number(fact.money.amount)];
  if ('percent' in fact) return ['percent', number(fact.percent)];
  if ('quantity' in fact) return [`quantity ${fact.quantity.unit}`, number(fact.quantity.value)];
  return 'date' in fact ? ['date', date(fact.date)] : undefined;
};

const inValue = (termId: TermId, { kind, facts }: Value): readonly Held[] => [
  held(kindAttribute(kind), { termId }),
  ...Object.entries(facts).flatMap(([name, fact]) => {
    const found = measured(fact);
    return found === undefined ? [] : held(factAttribute(name, found[0]), { ...found[1], termId });
  }),
];

/** A term that says the same on many days says it in one value. */
const values = new WeakMap<Value, readonly Held[]>();

const ofValue = ({ termId, value }: TermState): readonly Held[] => {
  const known = values.get(value);
  if (known?.[0]?.termId === termId) return known;
  const made = inValue(termId, value);
  values.set(value, made);
  return made;
};

const ofTerm = (term: TermState): readonly Held[] => {
  const { termId, evidence } = term;
  const rank = strength(evidence);
  return [
    ...ofValue(term),
    held(termStandingAttribute(term.standing), { termId }),
    held(EVIDENCE, { termId, value: evidence, rank: [rank, rank] }),
  ];
};

const ofFinding = ({ code, terms }: Pick<Finding, 'code' | 'terms'>): readonly Held[] => {
  const attribute = findingAttribute(code);
  return terms.length === 0
    ? [held(attribute)]
    : terms.map((termId) => held(attribute, { termId }));
};

/** What terms hold, each thing once. */
export const heldByTerms = ({ terms, ended, findings }: TermView): readonly Held[] => {
  const all = [
    ...terms.flatMap(ofTerm),
    ...ended.map(({ termId, standing }) => held(termStandingAttribute(standing), { termId })),
    ...findings.flatMap(ofFinding),
  ];
  return [...new Map(all.map((one) => [one.key, one])).values()];
};

/** Titles order by their small letters first. */
const titled = (title: string): Said => ({ value: `${title.toLowerCase()}\n${title}` });

/** The title that a value stands for. */
export const titleIn = (value: string): string => value.slice(value.indexOf('\n') + 1);

/** All that an agreement and its terms hold; nothing where it is not known. */
export const heldIn = (state: AgreementState): readonly Held[] => {
  if (state.empty === 'NOT_RECORDED') return [];
  const { title, standing, endsOn, parties, terms } = state;
  return [
    held(TITLE, titled(title)),
    held(TERMS, { value: String(terms.length), rank: [terms.length, terms.length] }),
    ...(standing === undefined ? [] : [held(standingAttribute(standing))]),
    ...(endsOn === undefined ? [] : [held(ENDS_ON, date(endsOn))]),
    ...[...new Set(parties.map(({ partyId }) => partyId))].map((id) => held(partyAttribute(id))),
    ...heldByTerms(state),
  ];
};
