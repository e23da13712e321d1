import { factKey } from '#events/facts.ts';
import type { Term, TermValues } from '#events/terms.ts';
import type { TermId } from '#events/values.ts';
import { actsOn, type Body, brought } from './change.ts';

/** What a change says about one field; `whole`: about every field of the term. */
export type Saying = {
  readonly term?: TermId;
  readonly values: ReadonlyMap<string, string>;
  readonly whole: boolean;
};

export const PRESENCE = 'presence';
const NOTHING = '';

const plain = (name: string, value: string | null | undefined): [string, string][] =>
  value === undefined ? [] : [[name, value === null ? NOTHING : `=${value}`]];

export const valuesOf = (values: TermValues | Term): Map<string, string> =>
  new Map([
    ...plain('kind', values.kind),
    ...plain('heading', values.heading),
    ...plain('number', values.number),
    ...plain('prose', values.prose),
    ...plain('after', values.after),
    ...Object.entries(values.facts ?? {}).map(([name, fact]): [string, string] => [
      `fact:${name}`,
      fact === null ? NOTHING : factKey(fact),
    ]),
  ]);

const gone = (term: TermId): Saying => ({
  term,
  values: new Map([[PRESENCE, 'gone']]),
  whole: false,
});

const wholeOf = (term: Term): Saying => ({
  term: term.termId,
  values: new Map([...valuesOf(term), [PRESENCE, 'there']]),
  whole: true,
});

const ofAgreement = (body: Body): Saying[] => {
  if (body.type !== 'AgreementAmended') return [];
  const { title, endsOn, survives, description } = body.data;
  const values = new Map([
    ...plain('title', title),
    ...plain('endsOn', endsOn),
    ...plain('survives', survives && JSON.stringify(survives)),
    ...plain('description', description),
  ]);
  return [{ values, whole: false }];
};

/** The terms that it ends, when they are there: those it acts on and does not bring in again. */
export const ends = (body: Body): TermId[] => {
  if (body.type === 'TermAmended' || body.type === 'TermRectified') return [];
  const kept = new Set<string>(brought(body).map(({ termId }) => termId));
  if (body.type === 'AgreementRestated') {
    for (const { from, to } of body.data.mapping) if (from === to) kept.add(from);
  }
  return actsOn(body).filter((termId) => !kept.has(termId));
};

/** All that a change says, by term. */
export const sayings = (body: Body): Saying[] => {
  const { type, data } = body;
  if (type === 'TermAmended' || type === 'TermRectified') {
    return [{ term: data.termId, values: valuesOf(data.values), whole: false }];
  }
  return [...ofAgreement(body), ...ends(body).map(gone), ...brought(body).map(wholeOf)];
};

/** What it says of one field; a whole value says of what it leaves out that it is not there. */
export const said = (saying: Saying, field: string): string | undefined =>
  saying.values.get(field) ?? (saying.whole ? NOTHING : undefined);

const sharedFields = (one: Saying, other: Saying): string[] => {
  if (one.term !== other.term) return [];
  const names = new Set([...one.values.keys(), ...other.values.keys()]);
  const both = [...names].filter(
    (name) => said(one, name) !== undefined && said(other, name) !== undefined,
  );
  return both.map((name) => fieldKey(one.term, name));
};

export const fieldKey = (term: TermId | undefined, name: string): string => `${term ?? ''}|${name}`;

/** The fields of which both say something; two whole values share all. */
export const shared = (one: Body, other: Body): string[] =>
  sayings(one).flatMap((a) => sayings(other).flatMap((b) => sharedFields(a, b)));
