/** A redline as Markdown, with `del` and `ins` where GitHub and other readers know them. */
import { basisText } from './basis-text.ts';
import { type Cause, causeText, saidOnce } from './cause-text.ts';
import { markdownLine, markdownText, quotedBlock } from './markdown-text.ts';
import { type Passage, type Redline, type RedlineEntry, type Row, subjectOf } from './redline.ts';
import { markdownSource } from './source-links.ts';

const LINE_BREAK = /\r\n?|\n/;

/** A stretch within one line. */
const marked = (each: Exclude<Passage, { op: 'SKIPPED' }>, text: string): string => {
  const shown = markdownText(text);
  if (each.op === 'EQUAL' || shown === '') return shown;
  const tag = each.op === 'DELETE' ? 'del' : 'ins';
  const number = each.move === undefined ? '' : `<sup>${each.move}</sup>`;
  return `<${tag}>${shown}</${tag}>${number}`;
};

/** No mark reaches over the end of a line, where Markdown would not see its end. */
const lines = (passages: readonly Passage[]): readonly string[] => {
  const done: string[] = [];
  let line = '';
  for (const each of passages) {
    if (each.op === 'SKIPPED') line += ' … ';
    else {
      const [first = '', ...rest] = each.text.split(LINE_BREAK);
      line += marked(each, first);
      for (const next of rest) {
        done.push(line);
        line = marked(each, next);
      }
    }
  }
  return [...done, line];
};

const side = (text: string | undefined): string => (text === undefined ? '–' : markdownLine(text));

const row = ({ label, old, new: now, delta }: Row): string =>
  `| ${markdownLine(label)} | ${side(old)} | ${side(now)} | ${markdownLine(delta ?? '')} |`;

const table = (rows: readonly Row[]): readonly string[] =>
  rows.length === 0
    ? []
    : ['', '| what | before | after | difference |', '| --- | --- | --- | --- |', ...rows.map(row)];

const cause = (each: Cause): readonly string[] => [
  `- by ${markdownLine(causeText(each))}`,
  ...(each.view?.sources ?? []).map((one) => `  - ${markdownSource(one)}`),
];

const touches = ({ material }: RedlineEntry): readonly string[] =>
  material.length === 0
    ? []
    : [
        '',
        `Touches ${material
          .map(({ flag, removed, added, facts }) => {
            const words = new Set([...removed, ...added, ...facts]);
            return `${flag} (${[...words].map(markdownLine).join('; ')})`;
          })
          .join(', ')}`,
      ];

const section = (entry: RedlineEntry): readonly string[] => [
  '',
  `## ${entry.kind} ${markdownLine(subjectOf(entry))}`,
  ...table(entry.rows),
  ...(entry.passages.length === 0 ? [] : ['', ...quotedBlock(lines(entry.passages))]),
  ...touches(entry),
  ...(entry.causes.length === 0 ? [] : ['', ...saidOnce(entry.causes).flatMap(cause)]),
];

/** The document, ending with a line break. */
export const redlineMarkdown = ({ title, agreementId, from, to, entries }: Redline): string =>
  [
    `# ${markdownLine(title === '' ? agreementId : title)}`,
    '',
    `from ${markdownLine(basisText(from))}\\`,
    `to ${markdownLine(basisText(to))}`,
    ...(entries.length === 0 ? ['', 'No difference.'] : []),
    ...entries.flatMap(section),
    '',
  ].join('\n');
