/** A conformed copy as Markdown with footnotes, as GitHub and other readers know them. */
import { basisText } from './basis-text.ts';
import {
  type ConformedCopy,
  type CopyTerm,
  type Footnote,
  type Item,
  type Marks,
  NO_LEGAL_EFFECT,
  type Stretch,
} from './conformed-copy.ts';
import { markdownLine, markdownText, textBlock } from './markdown-text.ts';
import { markdownSource } from './source-links.ts';

const LINE_BREAK = /\r\n?|\n/;

const mark = (notes: Marks): string => notes.map((note) => `[^${note}]`).join('');

const prose = (stretches: readonly Stretch[]): readonly string[] => {
  const lines = [''];
  for (const { text, notes } of stretches) {
    const [first = '', ...rest] = text.split(LINE_BREAK).map(markdownText);
    lines.push(`${lines.pop() ?? ''}${first}`, ...rest);
    lines.push(`${lines.pop() ?? ''}${mark(notes)}`);
  }
  return ['', ...textBlock(lines)];
};

/** Texts beneath an item are quoted, and indented as its parts. */
const item = ({ text, notes, texts }: Item): readonly string[] => [
  `- ${markdownLine(text)}${mark(notes)}`,
  ...texts.flatMap((one) => [`  - ${markdownLine(one)}`]),
];

const remark = ({ text, notes, texts }: Item): readonly string[] => [
  '',
  `**${markdownLine(text)}**${mark(notes)}`,
  ...texts.flatMap((one) => ['', `> ${markdownLine(one)}`]),
];

const facts = (rows: CopyTerm['facts']): readonly string[] =>
  rows.length === 0
    ? []
    : [
        '',
        '| fact | value |',
        '| --- | --- |',
        ...rows.map(
          ({ name, value }) =>
            `| ${markdownLine(name)} | ${markdownLine(value.text)}${mark(value.notes)} |`,
        ),
      ];

const term = (each: CopyTerm): readonly string[] => [
  '',
  `### ${markdownLine(each.title)}${mark(each.notes)}`,
  ...(each.title === each.termId ? [] : ['', `*${markdownLine(each.termId)}*`]),
  ...each.remarks.flatMap(remark),
  ...(each.prose.length === 0 ? [] : prose(each.prose)),
  ...facts(each.facts),
];

const section = (heading: string, items: readonly (readonly string[])[]): readonly string[] =>
  items.length === 0 ? [] : ['', `## ${heading}`, '', ...items.flat()];

const line = (text: string): readonly string[] => [`- ${markdownLine(text)}`];

const footnote = ({ text, sources }: Footnote, i: number): string =>
  `[^${i + 1}]: ${[markdownLine(text), ...sources.map(markdownSource)].join(' ')}`;

/** The document, ending with a line break. */
export const copyMarkdown = (copy: ConformedCopy): string => {
  const { title, basis, standing, parties, warnings, terms, lists, footnotes } = copy;
  return [
    `# ${markdownLine(title)}`,
    '',
    `**${NO_LEGAL_EFFECT}**`,
    '',
    `As it reads on ${basis.effectiveOn}. ${markdownLine(standing)}`,
    ...section('Parties', parties.map(line)),
    ...section('To bear in mind', warnings.map(line)),
    ...(terms.length === 0 ? [] : ['', '## Terms', ...terms.flatMap(term)]),
    ...lists.flatMap(({ heading, items }) => section(heading, items.map(item))),
    '',
    '---',
    '',
    `${markdownLine(basisText(basis))}\\`,
    `state ${basis.digest}`,
    ...footnotes.flatMap((note, i) => ['', footnote(note, i)]),
    '',
  ].join('\n');
};
