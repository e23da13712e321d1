import type { Dress, Look } from '#render/marked-lines.ts';
import type { Redline } from '#render/redline.ts';
import { redlineText } from '#render/redline-text.ts';
import type { Paint, Screen } from './io.ts';

const FORMATS: { readonly [L in Look]: Parameters<Paint>[0] } = {
  title: 'bold',
  kind: ['yellow', 'bold'],
  subject: 'cyan',
  quiet: 'dim',
  gone: 'red',
  come: 'green',
  away: 'magenta',
  here: 'magenta',
};

/** The looks of printed text in the colours of a screen. */
export const dressFor =
  (paint: Paint): Dress =>
  (look, text) =>
    paint(FORMATS[look], text);

/** What differs between two answers, entry by entry, with the words marked and what caused it. */
export const showDiff = ({ line, paint, width }: Screen, redline: Redline): void => {
  for (const each of redlineText(redline, { width, dress: dressFor(paint) })) line(each);
};
