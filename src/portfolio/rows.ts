import { ENDS_ON, EVIDENCE, TERMS, TITLE, titleIn } from '#projections/portfolio/held.ts';
import { decimalFrom } from '#projections/portfolio/ordered-decimal.ts';
import type { MatchedFact, MatchedTerm, PortfolioRow } from './question.ts';

/** Something held at a point: the name of its attribute, and its value. */
export type Said = { readonly name: string; readonly value: string };

/** The rest of the first name that begins with a word and a space. */
const restOf = (said: readonly Said[], word: string): string | undefined =>
  said.find(({ name }) => name.startsWith(`${word} `))?.name.slice(word.length + 1);

const valueIn = (said: readonly Said[], name: string): string | undefined =>
  said.find((one) => one.name === name)?.value;

/** A fact from what is held of it: `fact rent money EUR`. */
const factOf = ({ name: attribute, value }: Said): MatchedFact => {
  const [, name = '', measure = '', ...unit] = attribute.split(' ');
  return {
    name,
    measure: measure as MatchedFact['measure'],
    ...(unit.length > 0 && { unit: unit.join(' ') }),
    value: measure === 'date' ? value : decimalFrom(value),
  };
};

const byName = (a: Said, b: Said): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** @param facts those asked for, by the names of their attributes */
export const matchedTerm = (
  termId: string,
  said: readonly Said[],
  facts: ReadonlySet<string>,
): MatchedTerm => {
  const [standing, kind] = [restOf(said, 'term-standing'), restOf(said, 'kind')];
  const evidence = valueIn(said, EVIDENCE);
  return {
    termId,
    ...(standing !== undefined && { standing }),
    ...(kind !== undefined && { kind }),
    ...(evidence !== undefined && { evidence }),
    facts: said
      .filter(({ name }) => facts.has(name))
      .toSorted(byName)
      .map(factOf),
  };
};

/** @param said what the agreement itself holds */
export const summaryOf = (
  said: readonly Said[],
): Pick<PortfolioRow, 'title' | 'standing' | 'endsOn' | 'parties' | 'termCount'> => {
  const standing = restOf(said, 'standing');
  const endsOn = valueIn(said, ENDS_ON);
  const parties = said.flatMap(({ name }) => (name.startsWith('party ') ? name.slice(6) : []));
  return {
    title: titleIn(valueIn(said, TITLE) ?? ''),
    ...(standing !== undefined && { standing }),
    ...(endsOn !== undefined && { endsOn }),
    parties: parties.toSorted(),
    termCount: Number(valueIn(said, TERMS) ?? 0),
  };
};
