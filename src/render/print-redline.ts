import type { DiffAnswer } from '#app/app.ts';
import type { Causes } from './cause-text.ts';
import type { Printed } from './printed.ts';
import { type RedlineOptions, redlineOf } from './redline.ts';
import { redlineDocx } from './redline-docx.ts';
import { redlineUnified, statePatch } from './redline-formats.ts';
import { redlineHtml } from './redline-html.ts';
import { redlineMarkdown } from './redline-markdown.ts';
import { redlineText } from './redline-text.ts';

/** What a redline can be printed as; the last two compare the states, whatever is asked to be left out. */
export const REDLINE_FORMATS = [
  'text',
  'markdown',
  'html',
  'docx',
  'json-patch',
  'unified',
] as const;
export type RedlineFormat = (typeof REDLINE_FORMATS)[number];

/** Characters in a line of plain text that goes to no screen. */
const WIDTH = 100;

/** Only the differences that a materiality rule flags. */
export const onlyMaterial = (answer: DiffAnswer): DiffAnswer => ({
  ...answer,
  diff: {
    ...answer.diff,
    entries: answer.diff.entries.filter(({ material }) => material.length > 0),
  },
});

type Redlined = { readonly answer: DiffAnswer; readonly causes: Causes };

/** A redline in a format, without colours; a text ends with a line break unless it is empty. */
export const printRedline = (
  format: RedlineFormat,
  { answer, causes }: Redlined,
  options: RedlineOptions = {},
): Printed => {
  if (format === 'json-patch') return `${JSON.stringify(statePatch(answer), null, 2)}\n`;
  if (format === 'unified') return redlineUnified(answer);
  const redline = redlineOf(answer, causes, options);
  if (format === 'markdown') return redlineMarkdown(redline);
  if (format === 'html') return redlineHtml(redline);
  if (format === 'docx') return redlineDocx(redline);
  const lines = redlineText(redline, { width: WIDTH, dress: (_, text) => text });
  return lines.map((line) => `${line}\n`).join('');
};
