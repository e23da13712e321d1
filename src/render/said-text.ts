import { fact } from '#events/facts.ts';
import { factText } from './fact-text.ts';

type Data = { readonly [field: string]: unknown };

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null;
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const factLine = ([name, value]: readonly [string, unknown]): string => {
  const parsed = fact.safeParse(value);
  return `${name}: ${parsed.success ? factText(parsed.data) : '–'}`;
};

const linesOf = ({ number, heading, prose, facts }: Data): readonly string[] => {
  const title = [number, heading].filter((part) => typeof part === 'string').join(' ');
  return [
    ...(title === '' ? [] : [title]),
    ...(typeof prose === 'string' ? [prose] : []),
    ...(isData(facts) ? Object.entries(facts).map(factLine) : []),
  ];
};

/** What a change says or sets of terms: titles, prose, facts; a fact that it clears is `–`. @param data its payload */
export const saidTexts = (data: Data): readonly string[] =>
  [data, data['values'], ...listed(data['to']), ...listed(data['terms'])]
    .filter(isData)
    .flatMap(linesOf);
