/** A redline as a document in which every difference is a tracked change. */
import { basisText } from './basis-text.ts';
import { type Cause, causeText, saidOnce } from './cause-text.ts';
import { docxFile } from './docx/docx-file.ts';
import { footer } from './docx/footer.ts';
import { type Footnotes, footnotes } from './docx/footnotes.ts';
import { type Piece, paragraphs } from './docx/paragraphs.ts';
import { table } from './docx/table.ts';
import { countedIds, type Ids, moveBorders, type Stamp, type Track } from './docx/tracked.ts';
import { materialText } from './material-text.ts';
import { type Passage, type Redline, type RedlineEntry, type Row, subjectOf } from './redline.ts';
import { stampOf } from './redline-stamp.ts';
import { plainSource } from './source-links.ts';

/** What one document is written with. */
type Pen = { readonly ids: Ids; readonly notes: Footnotes };

const OPS = { DELETE: ['del', 'moveFrom'], INSERT: ['ins', 'moveTo'] } as const;

const pieces = (passage: Passage, stamp: Stamp, { ids }: Pen): readonly Piece[] => {
  if (passage.op === 'SKIPPED') return [{ text: ' … ', style: 'Small' }];
  const { op, text, move } = passage;
  if (op === 'EQUAL') return [{ text }];
  const track: Track = { op: OPS[op][move === undefined ? 0 : 1], stamp };
  if (move === undefined) return [{ text, track }];
  const [start, end] = moveBorders(track, `move${move}`, ids);
  return [{ markup: start }, { text, track }, { markup: end }];
};

const prose = ({ passages }: RedlineEntry, stamp: Stamp, pen: Pen): string => {
  const all = passages.flatMap((passage) => pieces(passage, stamp, pen));
  return all.length === 0 ? '' : paragraphs('Prose', all, pen.ids);
};

/** The old and the new value in one cell, so that one of them is left when all changes are accepted or rejected. */
const valuePieces = ({ old, new: now }: Row, stamp: Stamp): readonly Piece[] => [
  ...(old === undefined ? [] : [{ text: old, track: { op: 'del' as const, stamp } }]),
  ...(now === undefined ? [] : [{ text: now, track: { op: 'ins' as const, stamp } }]),
];

/** A row comes or goes as a whole where one side has nothing to say. */
const rowTrack = ({ old, new: now }: Row, stamp: Stamp): Track | undefined => {
  if (old !== undefined && now !== undefined) return undefined;
  return { op: old === undefined ? 'ins' : 'del', stamp };
};

/** Twentieths of a point, over the width of the page: what, before and after, the difference. */
const WIDTHS = { withDelta: [2200, 4826, 2000], without: [2200, 6826] } as const;

const facts = (rows: readonly Row[], stamp: Stamp, { ids }: Pen): string => {
  if (rows.length === 0) return '';
  const some = rows.some(({ delta }) => delta !== undefined);
  const lines = rows.map((row) => {
    const track = rowTrack(row, stamp);
    const cells: readonly (readonly Piece[])[] = [
      [{ text: row.label, track }],
      valuePieces(row, stamp),
      ...(some ? [[{ text: row.delta ?? '', track }]] : []),
    ];
    return { cells: cells.map((cell) => paragraphs('Cell', cell, ids)), track };
  });
  const end = paragraphs('Quiet', [], ids);
  return `${table(some ? WIDTHS.withDelta : WIDTHS.without, lines, ids)}${end}`;
};

const causeLines = (cause: Cause): readonly string[] => [
  `By ${causeText(cause)}`,
  ...(cause.view?.sources ?? []).map(plainSource),
];

/** What the entry is about, and in a footnote what caused it. */
const heading = (entry: RedlineEntry, { ids, notes }: Pen): string => {
  const causes = saidOnce(entry.causes).flatMap(causeLines);
  const note = causes.length === 0 ? [] : [{ markup: notes.add(causes) }];
  return paragraphs('Heading2', [{ text: `${entry.kind} ${subjectOf(entry)}` }, ...note], ids);
};

const touches = ({ material }: RedlineEntry, { ids }: Pen): string => {
  if (material.length === 0) return '';
  return paragraphs('Quiet', [{ text: `Touches ${materialText(material)}` }], ids);
};

const section = (entry: RedlineEntry, redline: Redline, pen: Pen): string => {
  const stamp = stampOf(entry, redline);
  return [
    heading(entry, pen),
    facts(entry.rows, stamp, pen),
    prose(entry, stamp, pen),
    touches(entry, pen),
  ].join('');
};

/**
 * The bytes of a .docx file. Accepting all changes leaves the newer text of each entry, rejecting all the older.
 * Headings, differences in figures, flags and footnotes are about the text, and stay.
 */
export const redlineDocx = (redline: Redline): Uint8Array => {
  const { title, agreementId, from, to, entries } = redline;
  const ids = countedIds();
  const pen: Pen = { ids, notes: footnotes(ids) };
  const name = title === '' ? agreementId : title;
  const points = `from ${basisText(from)}\nto ${basisText(to)}`;
  const body = [
    paragraphs('Title', [{ text: name }], ids),
    paragraphs('Quiet', [{ text: points }], ids),
    ...(entries.length === 0 ? [paragraphs('Quiet', [{ text: 'No difference.' }], ids)] : []),
    ...entries.map((entry) => section(entry, redline, pen)),
  ];
  return docxFile({
    title: `${name}: ${from.effectiveOn} to ${to.effectiveOn}`,
    body: body.join(''),
    footer: footer(`${name}: ${from.effectiveOn} to ${to.effectiveOn}`, ids),
    footnotes: pen.notes.all,
  });
};
