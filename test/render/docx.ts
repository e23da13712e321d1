/** Reads .docx files as a word processor does, as far as the tests need it. */
import { DOMParser, type Element, type Node, onErrorStopParsing } from '@xmldom/xmldom';
import { strFromU8, unzipSync } from 'fflate';

/** The parts of a file by path, each parsed. @throws when one is not well-formed */
export const partsOf = (docx: Uint8Array): ReadonlyMap<string, Element> => {
  const parser = new DOMParser({ onError: onErrorStopParsing });
  const parts = Object.entries(unzipSync(docx)).map(([path, bytes]) => {
    const root = parser.parseFromString(strFromU8(bytes), 'text/xml').documentElement;
    if (root === null) throw new Error(`${path} is empty`);
    return [path, root] as const;
  });
  return new Map(parts);
};

const childrenOf = (node: Node): readonly Node[] => [...node.childNodes];

/** Elements of a name below a node, in order; none below nothing. */
export const find = (node: Node | undefined, name: string): readonly Element[] =>
  (node ? childrenOf(node) : []).flatMap((one) => [
    ...(one.nodeName === name ? [one as Element] : []),
    ...find(one, name),
  ]);

const child = (node: Node | undefined, name: string): Element | undefined =>
  node && (childrenOf(node).find(({ nodeName }) => nodeName === name) as Element | undefined);

export type Settled = 'accepted' | 'rejected';

/** What is gone when all tracked changes are settled in one way. */
const GONE = {
  accepted: ['w:del', 'w:moveFrom'],
  rejected: ['w:ins', 'w:moveTo'],
} as const satisfies { [how in Settled]: readonly string[] };

const settledText = (node: Node, gone: readonly string[]): string => {
  const { nodeName } = node;
  // A field's text is a number that points to a footnote.
  if ([...gone, 'w:pPr', 'w:fldSimple'].includes(nodeName)) return '';
  if (nodeName === 'w:tab') return '\t';
  if (nodeName === 'w:t' || nodeName === 'w:delText') return node.textContent ?? '';
  return childrenOf(node)
    .map((one) => settledText(one, gone))
    .join('');
};

const styleOf = (paragraph: Element): string =>
  child(child(paragraph, 'w:pPr'), 'w:pStyle')?.getAttribute('w:val') ?? '';

const endIsGone = (paragraph: Element, gone: readonly string[]): boolean => {
  const mark = child(child(paragraph, 'w:pPr'), 'w:rPr');
  return mark !== undefined && gone.some((name) => child(mark, name) !== undefined);
};

/** The text of all paragraphs of a style, a line break between two, as it is when all changes are settled in one way. */
export const textOf = (docx: Uint8Array, style: string, how: Settled): string => {
  const document = partsOf(docx).get('word/document.xml');
  return find(document, 'w:p')
    .filter((paragraph) => styleOf(paragraph) === style)
    .map((paragraph, i, all) => {
      const last = i === all.length - 1 || endIsGone(paragraph, GONE[how]);
      return `${settledText(paragraph, GONE[how])}${last ? '' : '\n'}`;
    })
    .join('');
};

const rowIsGone = (paragraph: Element, gone: readonly string[]): boolean => {
  const row = paragraph.parentNode?.parentNode;
  const marks = row?.nodeName === 'w:tr' ? child(row, 'w:trPr') : undefined;
  return marks !== undefined && gone.some((name) => child(marks, name) !== undefined);
};

/** All paragraphs of a file as they are when all changes are settled in one way. */
export const linesOf = (docx: Uint8Array, how: Settled): readonly string[] => {
  const lines: string[] = [];
  let open = false;
  for (const paragraph of find(partsOf(docx).get('word/document.xml'), 'w:p')) {
    if (rowIsGone(paragraph, GONE[how])) continue;
    const text = settledText(paragraph, GONE[how]);
    lines.push(open ? `${lines.pop()}${text}` : text);
    open = endIsGone(paragraph, GONE[how]);
  }
  return lines;
};

/** The revisions of a file: `ins`, `del`, `moveFrom` or `moveTo` around runs, with author and date. */
export const revisionsOf = (docx: Uint8Array) => {
  const document = partsOf(docx).get('word/document.xml');
  const names = ['ins', 'del', 'moveFrom', 'moveTo'] as const;
  return names.flatMap((op) =>
    find(document, `w:${op}`)
      .filter((element) => child(element, 'w:r') !== undefined)
      .map((element) => ({
        op,
        text: settledText(element, []),
        author: element.getAttribute('w:author'),
        date: element.getAttribute('w:date'),
      })),
  );
};
