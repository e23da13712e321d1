import type { CopyAnswer } from '#app/app.ts';
import { conformedCopyOf } from './conform.ts';
import { copyDocx } from './copy-docx.ts';
import { copyHtml } from './copy-html.ts';
import { copyMarkdown } from './copy-markdown.ts';
import type { Printed } from './printed.ts';

/** What a conformed copy can be printed as. */
export const COPY_FORMATS = ['markdown', 'html', 'docx'] as const;
export type CopyFormat = (typeof COPY_FORMATS)[number];

const PRINT = { markdown: copyMarkdown, html: copyHtml, docx: copyDocx };

/** The agreement as it reads at a point, in a format. */
export const printCopy = (format: CopyFormat, answer: CopyAnswer): Printed =>
  PRINT[format](conformedCopyOf(answer));
