import type { PortfolioPage } from '#app/app.ts';
import { columns, indented } from '#render/layout.ts';
import type { Screen } from './io.ts';

type Row = PortfolioPage['rows'][number];
type Term = Row['terms'][number];

export type Listed = {
  readonly rows: readonly Row[];
  readonly totalCount: number;
  /** Where the list goes on; absent at its end. */
  readonly cursor: string | undefined;
  /** Whether to say which terms were found. */
  readonly withTerms: boolean;
};

const factText = ({ name, measure, unit, value }: Term['facts'][number]): string => {
  if (measure === 'percent') return `${name} ${value} %`;
  return unit === undefined ? `${name} ${value}` : `${name} ${value} ${unit}`;
};

const termCells = ({ termId, kind, standing, evidence, facts }: Term): readonly string[] => [
  termId,
  kind ?? standing ?? '–',
  evidence ?? '–',
  facts.map(factText).join(', '),
];

/** One line for each agreement; below it the terms that were found, where they were asked for. */
export const showAgreements = ({ line, paint }: Screen, listed: Listed): void => {
  const { rows, totalCount, cursor, withTerms } = listed;
  const look = (text: string) => paint('cyan', text);
  const lines = columns(
    rows.map(({ agreementId, standing, termCount, title }) => [
      { text: agreementId, look },
      standing ?? '–',
      `${termCount} terms`,
      title,
    ]),
  );
  for (const [n, { terms }] of rows.entries()) {
    line(lines[n] ?? '');
    const below = withTerms ? indented(columns(terms.map(termCells)), 2) : [];
    for (const each of below) line(each);
  }
  if (rows.length === 0) line('None.');
  if (cursor === undefined) return;
  line(paint('dim', `${rows.length} of ${totalCount}; go on with --after ${cursor}`));
};
