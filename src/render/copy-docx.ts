/** A conformed copy as a document for word processors, with footnotes. */
import { basisText } from './basis-text.ts';
import {
  type ConformedCopy,
  type CopyList,
  type CopyTerm,
  copyTitle,
  type Footnote,
  type Item,
  type Marks,
  NO_LEGAL_EFFECT,
} from './conformed-copy.ts';
import { docxFile } from './docx/docx-file.ts';
import { footer } from './docx/footer.ts';
import { footnotes } from './docx/footnotes.ts';
import { type ParagraphStyle, type Piece, paragraphs } from './docx/paragraphs.ts';
import { table } from './docx/table.ts';
import { countedIds } from './docx/tracked.ts';
import { plainSource } from './source-links.ts';

type Writer = {
  write(style: ParagraphStyle, pieces: readonly Piece[]): string;
  /** References to footnotes: the first to each sets it, later ones point to that. */
  mark(notes: Marks): readonly Piece[];
  rows(rows: readonly (readonly string[])[]): string;
  readonly footnotes: readonly string[];
};

/** Twentieths of a point, over the width of the page. */
const WIDTHS = [2600, 6426] as const;

const writer = (notes: readonly Footnote[]): Writer => {
  const ids = countedIds();
  const pages = footnotes(ids);
  const set = new Set<number>();
  const reference = (note: number): string => {
    if (set.has(note)) return pages.again(note);
    set.add(note);
    const { text = '', sources = [] } = notes[note - 1] ?? {};
    return pages.add([text, ...sources.map(plainSource)]);
  };
  return {
    footnotes: pages.all,
    write: (style, pieces) => paragraphs(style, pieces, ids),
    mark: (marks) =>
      marks.flatMap((note, i) => [
        ...(i === 0 ? [] : [{ text: ', ', style: 'FootnoteReference' as const }]),
        { markup: reference(note) },
      ]),
    rows: (rows) =>
      table(
        WIDTHS,
        rows.map((cells) => ({ cells })),
        ids,
      ),
  };
};

const item = (style: ParagraphStyle, { text, notes, texts }: Item, to: Writer): string =>
  [
    to.write(style, [{ text }, ...to.mark(notes)]),
    ...texts.map((one) => to.write('Beneath', [{ text: one }])),
  ].join('');

const facts = (rows: CopyTerm['facts'], to: Writer): string => {
  if (rows.length === 0) return '';
  const cells = rows.map(({ name, value: { text, notes } }) => [
    to.write('Cell', [{ text: name }]),
    to.write('Cell', [{ text }, ...to.mark(notes)]),
  ]);
  return `${to.rows(cells)}${to.write('Quiet', [])}`;
};

const term = (each: CopyTerm, to: Writer): string =>
  [
    to.write('Heading2', [{ text: each.title }, ...to.mark(each.notes)]),
    ...(each.title === each.termId ? [] : [to.write('Quiet', [{ text: each.termId }])]),
    ...each.remarks.map((remark) => item('Notice', remark, to)),
    ...(each.prose.length === 0
      ? []
      : [
          to.write(
            'Prose',
            each.prose.flatMap(({ text, notes }) => [{ text }, ...to.mark(notes)]),
          ),
        ]),
    facts(each.facts, to),
  ].join('');

const section = ({ heading, items }: CopyList, to: Writer): string =>
  items.length === 0
    ? ''
    : [
        to.write('Heading1', [{ text: heading }]),
        ...items.map((one) => item('Item', one, to)),
      ].join('');

const plain = (heading: string, lines: readonly string[]): CopyList => ({
  heading,
  items: lines.map((text) => ({ text, notes: [], texts: [] })),
});

/** The bytes of a .docx file. */
export const copyDocx = (copy: ConformedCopy): Uint8Array => {
  const { basis, terms } = copy;
  const to = writer(copy.footnotes);
  const body = [
    to.write('Title', [{ text: copy.title }]),
    to.write('Notice', [{ text: NO_LEGAL_EFFECT }]),
    to.write('Lead', [{ text: `As it reads on ${basis.effectiveOn}. ${copy.standing}` }]),
    section(plain('Parties', copy.parties), to),
    section(plain('To bear in mind', copy.warnings), to),
    ...(terms.length === 0 ? [] : [to.write('Heading1', [{ text: 'Terms' }])]),
    ...terms.map((one) => term(one, to)),
    ...copy.lists.map((list) => section(list, to)),
    to.write('Quiet', [{ text: `\n${basisText(basis)}\nstate ${basis.digest}` }]),
  ];
  const foot = `${copyTitle(copy)} · without legal effect`;
  return docxFile({
    title: copyTitle(copy),
    body: body.join(''),
    footer: footer(foot, countedIds()),
    footnotes: to.footnotes,
  });
};
