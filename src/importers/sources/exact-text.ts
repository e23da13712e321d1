import { isUtf8 } from 'node:buffer';
import type { LeftOut } from '../documents/version-source.ts';

/** The longest text of a version, in characters (UTF-16 code units), as the events have it. */
export const MOST_CHARACTERS = 4_000_000;

/** No text of that many characters has more bytes. */
export const MOST_BYTES = 3 * MOST_CHARACTERS;

/** Why a version has no text. */
export type NoText = Pick<LeftOut, 'code' | 'message'>;

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

/** For what was not even read. */
export const tooManyBytes = (bytes: number, most: number): NoText => ({
  code: 'TOO_LARGE',
  message: `It has ${megabytes(bytes)} MB; at most ${megabytes(most)} MB are read.`,
});

const UTF_16 = /^(?:\xff\xfe|\xfe\xff)/;

/** The text unless it is too long. */
export const boundedText = (text: string): string | NoText =>
  text.length <= MOST_CHARACTERS
    ? text
    : {
        code: 'TOO_LARGE',
        message: `It has ${text.length} characters; a text has at most ${MOST_CHARACTERS}.`,
      };

/** What gives these bytes when it is written as UTF-8: a mark at the start, line ends and NUL are kept. */
export const exactText = (bytes: Buffer): string | NoText => {
  if (isUtf8(bytes)) return boundedText(bytes.toString('utf8'));
  const what = UTF_16.test(bytes.toString('latin1', 0, 2)) ? 'UTF-16' : 'not valid UTF-8';
  return { code: 'NOT_TEXT', message: `It is ${what}; save it as UTF-8 to take it in.` };
};

/** Like exactText, but UTF-16 with its mark at the start is read as well. */
export const decodedText = (bytes: Buffer): string | NoText => {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  if (!isLittle && !(first === 0xfe && second === 0xff)) return exactText(bytes);
  try {
    const decoder = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be', { fatal: true });
    return boundedText(decoder.decode(bytes));
  } catch {
    return { code: 'NOT_TEXT', message: 'It is broken UTF-16; save it as UTF-8 to take it in.' };
  }
};
