const NAMESPACE = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

type Style = {
  readonly id: string;
  /** As word processors know it; theirs for the built-in ones. */
  readonly name: string;
  /** Markup of paragraph and run properties. */
  readonly paragraph?: string;
  readonly run?: string;
};

const SANS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>';
const size = (halfPoints: number): string =>
  `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`;
const GREY = '<w:color w:val="595959"/>';
const BOX = ['top', 'left', 'bottom', 'right']
  .map((side) => `<w:${side} w:val="single" w:sz="8" w:space="6" w:color="7F7F7F"/>`)
  .join('');

const PARAGRAPHS: readonly Style[] = [
  {
    id: 'Title',
    name: 'Title',
    paragraph: '<w:keepNext/><w:spacing w:after="120"/>',
    run: `${SANS}<w:b/>${size(36)}`,
  },
  {
    id: 'Heading1',
    name: 'heading 1',
    paragraph: '<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>',
    run: `${SANS}<w:b/>${size(28)}`,
  },
  {
    id: 'Heading2',
    name: 'heading 2',
    paragraph: '<w:keepNext/><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="1"/>',
    run: `${SANS}<w:b/>${size(23)}`,
  },
  {
    id: 'Prose',
    name: 'Prose',
    paragraph: '<w:spacing w:after="80" w:line="276" w:lineRule="auto"/>',
  },
  { id: 'Cell', name: 'Cell', paragraph: '<w:spacing w:before="20" w:after="20"/>', run: size(20) },
  { id: 'Lead', name: 'Lead', paragraph: '<w:spacing w:before="120" w:after="120"/>' },
  {
    id: 'Item',
    name: 'Item',
    paragraph: '<w:spacing w:after="60"/><w:ind w:left="284" w:hanging="284"/>',
  },
  {
    id: 'Beneath',
    name: 'Beneath',
    paragraph: '<w:spacing w:after="60"/><w:ind w:left="567"/>',
    run: size(20),
  },
  {
    id: 'Quiet',
    name: 'Quiet',
    paragraph: '<w:spacing w:after="40"/>',
    run: `${SANS}${GREY}${size(17)}`,
  },
  {
    id: 'Notice',
    name: 'Notice',
    paragraph: `<w:pBdr>${BOX}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/><w:spacing w:before="60" w:after="60"/><w:ind w:left="140" w:right="140"/>`,
    run: `${SANS}${size(19)}`,
  },
  { id: 'FootnoteText', name: 'footnote text', run: size(18) },
  {
    id: 'Footer',
    name: 'footer',
    paragraph: '<w:jc w:val="center"/>',
    run: `${SANS}${GREY}${size(16)}`,
  },
];

const RUNS: readonly Style[] = [
  { id: 'Small', name: 'Small', run: `${SANS}${GREY}${size(17)}` },
  {
    id: 'FootnoteReference',
    name: 'footnote reference',
    run: '<w:vertAlign w:val="superscript"/>',
  },
];

const styleOf = (type: 'paragraph' | 'character', { id, name, paragraph = '', run = '' }: Style) =>
  `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${name}"/><w:qFormat/>` +
  `${paragraph && `<w:pPr>${paragraph}</w:pPr>`}${run && `<w:rPr>${run}</w:rPr>`}</w:style>`;

const LINES = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>`)
  .join('');

/** The styles part: what the document's paragraphs, runs and tables look like. */
export const STYLES = `<w:styles xmlns:w="${NAMESPACE}">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>${size(23)}<w:lang w:val="en-US"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
${PARAGRAPHS.map((style) => styleOf('paragraph', style)).join('\n')}
${RUNS.map((style) => styleOf('character', style)).join('\n')}
<w:style w:type="table" w:styleId="Lines"><w:name w:val="Lines"/><w:tblPr><w:tblBorders>${LINES}</w:tblBorders><w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
</w:styles>`;
