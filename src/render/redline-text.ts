/** A redline as plain text: `[-gone-]`, `{+come+}`, `[~1 moved away~]`, `{~1 moved here~}`. */
import { basisText } from './basis-text.ts';
import { type Cause, causeText, saidOnce, sourceText } from './cause-text.ts';
import { columns, indented } from './layout.ts';
import { type Dress, markedLines, type Styled } from './marked-lines.ts';
import { materialText } from './material-text.ts';
import { type Passage, type Redline, type RedlineEntry, type Row, subjectOf } from './redline.ts';

const NONE = '–';

export type TextOptions = {
  /** Characters in a line, where words allow it. */
  readonly width: number;
  readonly dress: Dress;
};

/** Marks that can be read without colours. */
const styled = (passage: Passage): Styled => {
  if (passage.op === 'SKIPPED') return { text: ' … ' };
  const { op, text, move } = passage;
  if (op === 'EQUAL') return { text };
  if (move !== undefined) {
    return op === 'DELETE'
      ? { text: `[~${move} ${text}~]`, look: 'away' }
      : { text: `{~${move} ${text}~}`, look: 'here' };
  }
  return op === 'DELETE'
    ? { text: `[-${text}-]`, look: 'gone' }
    : { text: `{+${text}+}`, look: 'come' };
};

const rowLine = ({ label, old = NONE, new: now = NONE, delta }: Row): readonly string[] => [
  label,
  `${old} → ${now}${delta === undefined ? '' : ` (${delta})`}`,
];

const quietLines = (text: string, by: number, { width, dress }: TextOptions): readonly string[] =>
  indented(markedLines([{ text, look: 'quiet' }], width - by, dress), by);

const causeLines = (cause: Cause, options: TextOptions): readonly string[] => [
  ...quietLines(`by ${causeText(cause)}`, 2, options),
  ...(cause.view?.sources ?? []).flatMap((source) => {
    const address = source.url === undefined ? '' : ` <${source.url}>`;
    return quietLines(`${sourceText(source)}${address}`, 5, options);
  }),
];

const entryLines = (entry: RedlineEntry, options: TextOptions): readonly string[] => {
  const { width, dress } = options;
  const { passages, material } = entry;
  const touches = `touches ${materialText(material)}`;
  return [
    '',
    `${dress('kind', entry.kind)}  ${dress('subject', subjectOf(entry))}`,
    ...indented(columns(entry.rows.map(rowLine)), 2),
    ...(passages.length === 0
      ? []
      : indented(markedLines(passages.map(styled), width - 4, dress), 4)),
    ...(material.length === 0 ? [] : quietLines(touches, 2, options)),
    ...saidOnce(entry.causes).flatMap((cause) => causeLines(cause, options)),
  ];
};

/** The lines of a redline: both points, then the entries one below the other. */
export const redlineText = (redline: Redline, options: TextOptions): readonly string[] => {
  const { dress } = options;
  const moves = redline.entries.some(({ passages }) =>
    passages.some((passage) => passage.op !== 'SKIPPED' && passage.move !== undefined),
  );
  return [
    dress('title', redline.title),
    dress('quiet', basisText(redline.from)),
    dress('quiet', basisText(redline.to)),
    ...(moves ? [dress('quiet', '[~n …~] moved away, {~n …~} moved here, n for n')] : []),
    ...(redline.entries.length === 0 ? ['No difference.'] : []),
    ...redline.entries.flatMap((entry) => entryLines(entry, options)),
  ];
};
