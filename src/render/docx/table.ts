import { type Ids, type Track, tracked } from './tracked.ts';
import { element } from './xml.ts';

export type TableRow = {
  /** Markup of whole paragraphs, one for each column. */
  readonly cells: readonly string[];
  /** Present: the row came or went as a whole. */
  readonly track?: Track | undefined;
};

const cell = (width: number, content: string): string =>
  element(
    'w:tc',
    {},
    element('w:tcPr', {}, element('w:tcW', { 'w:w': width, 'w:type': 'dxa' })),
    content,
  );

/** A table with lines. @param widths of its columns, in twentieths of a point */
export const table = (widths: readonly number[], rows: readonly TableRow[], ids: Ids): string => {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  return element(
    'w:tbl',
    {},
    element(
      'w:tblPr',
      {},
      element('w:tblStyle', { 'w:val': 'Lines' }),
      element('w:tblW', { 'w:w': whole, 'w:type': 'dxa' }),
    ),
    element('w:tblGrid', {}, ...widths.map((width) => element('w:gridCol', { 'w:w': width }))),
    ...rows.map(({ cells, track }) =>
      element(
        'w:tr',
        {},
        element('w:trPr', {}, '<w:cantSplit/>', track ? tracked(track, '', ids) : ''),
        ...cells.map((content, i) => cell(widths[i] ?? 0, content)),
      ),
    ),
  );
};
