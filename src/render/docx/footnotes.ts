import { markupRun, paragraphs } from './paragraphs.ts';
import type { Ids } from './tracked.ts';
import { element } from './xml.ts';

/** The footnotes of one document. */
export type Footnotes = {
  /** A new footnote, a paragraph for each line; gives the run that refers to it. */
  add(lines: readonly string[]): string;
  /** The run that refers once more to a footnote that was added. @param footnote its number */
  again(footnote: number): string;
  /** Markup, one for each. */
  readonly all: readonly string[];
};

const bookmark = (footnote: number): string => `footnote${footnote}`;

/** A place that a field can point to. @param run markup */
const bookmarked = (footnote: number, run: string): string => {
  const id = { 'w:id': footnote };
  const start = element('w:bookmarkStart', { ...id, 'w:name': bookmark(footnote) });
  return `${start}${run}${element('w:bookmarkEnd', id)}`;
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
      const reference = markupRun('FootnoteReference', element('w:footnoteReference', id));
      return bookmarked(all.length, reference);
    },
    again: (footnote) =>
      element(
        'w:fldSimple',
        { 'w:instr': ` NOTEREF ${bookmark(footnote)} \\f \\h ` },
        markupRun('FootnoteReference', element('w:t', {}, String(footnote))),
      ),
  };
};
