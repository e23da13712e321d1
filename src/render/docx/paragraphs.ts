/** Running text as paragraphs of a word processor: every line break of the text is a paragraph's end. */
import { type Ids, type Track, tracked } from './tracked.ts';
import { element, valued, xmlText } from './xml.ts';

/** Styles that docx/styles.ts defines. */
export type ParagraphStyle =
  | 'Title'
  | 'Heading1'
  | 'Heading2'
  | 'Prose'
  | 'Cell'
  | 'Lead'
  | 'Item'
  | 'Beneath'
  | 'Quiet'
  | 'Notice'
  | 'FootnoteText'
  | 'Footer';
export type RunStyle = 'Small' | 'FootnoteReference';

/** A stretch of text, changed or not, or markup that stands between two of them. */
export type Piece =
  | { readonly text: string; readonly track?: Track | undefined; readonly style?: RunStyle }
  | { readonly markup: string };

const LINE_BREAK = /\r\n?|\n/;

const part = (text: string, tag: string): string =>
  text === '\t' ? '<w:tab/>' : `<${tag} xml:space="preserve">${xmlText(text)}</${tag}>`;

const styled = (style: RunStyle | undefined): string =>
  style === undefined ? '' : element('w:rPr', {}, valued('w:rStyle', style));

/** Text within one line; a tab is an element of its own. */
const run = ({ text, track, style }: Extract<Piece, { text: string }>): string => {
  const tag = track?.op === 'del' ? 'w:delText' : 'w:t';
  const parts = (text.match(/\t|[^\t]+/g) ?? []).map((one) => part(one, tag));
  return parts.length === 0 ? '' : element('w:r', {}, styled(style), ...parts);
};

/** A run that holds markup, such as the reference to a footnote. */
export const markupRun = (style: RunStyle, markup: string): string =>
  element('w:r', {}, styled(style), markup);

const LETTER = /\p{L}/u;
const LEFTWARD =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A paragraph runs as its first letter does, which is what `dir="auto"` does in HTML. */
const runsLeftward = (text: string): boolean => LEFTWARD.test(LETTER.exec(text)?.[0] ?? '');

type Line = { readonly markup: string; readonly text: string; readonly end?: Track | undefined };

const linesOf = (pieces: readonly Piece[], ids: Ids): readonly Line[] => {
  const lines: Line[] = [];
  let line = { markup: '', text: '' };
  for (const piece of pieces) {
    if ('markup' in piece) line.markup += piece.markup;
    else {
      piece.text.split(LINE_BREAK).forEach((text, i) => {
        if (i > 0) {
          lines.push({ ...line, end: piece.track });
          line = { markup: '', text: '' };
        }
        const runs = run({ ...piece, text });
        line.markup += runs === '' ? '' : tracked(piece.track, runs, ids);
        line.text += text;
      });
    }
  }
  return [...lines, line];
};

/**
 * The pieces one behind the other, in paragraphs. The end of a paragraph is tracked with the piece that its line break
 * stands in, so accepting or rejecting all changes joins what the texts before or after have on one line.
 */
export const paragraphs = (style: ParagraphStyle, pieces: readonly Piece[], ids: Ids): string =>
  linesOf(pieces, ids)
    .map(({ markup, text, end }) => {
      const properties = element(
        'w:pPr',
        {},
        valued('w:pStyle', style),
        runsLeftward(text) ? '<w:bidi/>' : '',
        end === undefined ? '' : element('w:rPr', {}, tracked(end, '', ids)),
      );
      return element('w:p', {}, properties, markup);
    })
    .join('');
