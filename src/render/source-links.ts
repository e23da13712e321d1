import type { Source } from '#events/source.ts';
import { sourceText } from './cause-text.ts';
import { htmlText } from './html-text.ts';
import { markdownLine } from './markdown-text.ts';

/** A source in HTML. Only addresses of the web become links; anything else is text. */
export const htmlSource = (source: Source): string => {
  const text = htmlText(sourceText(source));
  return source.url !== undefined && /^https?:\/\//.test(source.url)
    ? `<a href="${htmlText(source.url)}">${text}</a>`
    : text;
};

/** A source in Markdown, on one line. */
export const markdownSource = (source: Source): string => {
  const text = markdownLine(sourceText(source));
  return source.url === undefined
    ? text
    : `[${text}](<${source.url.replace(/[<>\\]/g, encodeURIComponent)}>)`;
};

/** A source with its address behind it, for paper. */
export const plainSource = (source: Source): string =>
  source.url === undefined ? sourceText(source) : `${sourceText(source)}, ${source.url}`;
