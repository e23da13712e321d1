import { type ParagraphStyle, paragraphs } from './paragraphs.ts';
import type { Ids } from './tracked.ts';
import { element } from './xml.ts';

const STYLE: ParagraphStyle = 'Footer';
const field = (instruction: string): string =>
  element('w:fldSimple', { 'w:instr': instruction }, '<w:r><w:t>1</w:t></w:r>');

/** A line at the foot of every page: what the document is, and the page's number of how many. */
export const footer = (text: string, ids: Ids): string =>
  paragraphs(
    STYLE,
    [
      { text: `${text} · ` },
      { markup: field('PAGE') },
      { text: ' / ' },
      { markup: field('NUMPAGES') },
    ],
    ids,
  );
