import { markupRun, paragraphs } from './paragraphs.ts';
import type { Ids } from './tracked.ts';
import { element } from './xml.ts';

/** The footnotes of one document. */
export type Footnotes = {
  /** A new footnote, a paragraph for each line; gives the run that refers to it. */
  add(lines: readonly string[]): string;
  /** Markup, one for each. */
  readonly all: readonly string[];
};

/** Collects footnotes, numbered from 1 in the order in which they are added. */
export const footnotes = (ids: Ids): Footnotes => {
  const all: string[] = [];
  const own = { markup: markupRun('FootnoteReference', '<w:footnoteRef/>') };
  return {
    all,
    add: (lines) => {
      const id = { 'w:id': all.length + 1 };
      const text = lines.map((line, i) =>
        paragraphs('FootnoteText', i === 0 ? [own, { text: ` ${line}` }] : [{ text: line }], ids),
      );
      all.push(element('w:footnote', id, ...text));
      return markupRun('FootnoteReference', element('w:footnoteReference', id));
    },
  };
};
