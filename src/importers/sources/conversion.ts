/** Text out of formats that are not text. Each library is loaded when the first file of its format is met. */
import { isUtf8 } from 'node:buffer';
import type { Format } from './document-formats.ts';
import { boundedText, type NoText } from './exact-text.ts';

export type Converted = Exclude<Format, 'TEXT'>;

/** The most bytes that a Word file may have once it is unpacked: more than any document, less than a trap. */
export const MOST_UNPACKED = 100_000_000;

const HEAD = 1_024;

/** By the mark at the start, else by what the page says, else UTF-8 where it is that, else what browsers take. */
const charsetOf = (page: Buffer): string => {
  const start = page.toString('latin1', 0, HEAD);
  if (start.startsWith('\xff\xfe')) return 'utf-16le';
  if (start.startsWith('\xfe\xff')) return 'utf-16be';
  if (isUtf8(page)) return 'utf-8';
  return /charset\s*=\s*["']?([\w-]+)/i.exec(start)?.[1] ?? 'windows-1252';
};

const decodedPage = (page: Buffer): string => {
  try {
    return new TextDecoder(charsetOf(page)).decode(page);
  } catch {
    return new TextDecoder('windows-1252').decode(page);
  }
};

const markdownOf = async (html: string): Promise<string> => {
  const { default: Turndown } = await import('turndown');
  const turndown = new Turndown({
    headingStyle: 'atx',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '*',
  });
  // The words as they stand: a bracket of a contract is no Markdown.
  turndown.escape = (text) => text;
  turndown.remove(['script', 'style', 'noscript', 'template', 'title', 'head', 'img']);
  const text = turndown.turndown(html);
  return text === '' ? '' : `${text}\n`;
};

const fromHtml = (page: Buffer): Promise<string> => markdownOf(decodedPage(page));

const ENCRYPTED = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

const fromDocx = async (file: Buffer): Promise<string | NoText> => {
  if (file.subarray(0, 4).equals(ENCRYPTED))
    return { code: 'UNREADABLE', message: 'It is protected by a password, or an old .doc.' };
  const { unpackedSize } = await import('./unpacked-size.ts');
  if ((await unpackedSize(file, MOST_UNPACKED)) > MOST_UNPACKED)
    return {
      code: 'TOO_LARGE',
      message: `It unpacks to more than ${MOST_UNPACKED / 1_000_000} MB.`,
    };
  const { default: mammoth } = await import('mammoth');
  const { value } = await mammoth.convertToHtml(
    { buffer: file },
    {
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      includeEmbeddedStyleMap: false,
      externalFileAccess: false,
    },
  );
  return markdownOf(value);
};

const fromPdf = async (file: Buffer): Promise<string | NoText> => {
  const { extractText, getDocumentProxy } = await import('unpdf');
  const pdf = await getDocumentProxy(new Uint8Array(file), {
    isEvalSupported: false,
    verbosity: 0,
  });
  const { text } = await extractText(pdf, { mergePages: false });
  const pages = text.map((page) => page.trimEnd());
  if (pages.every((page) => page.trim() === ''))
    return { code: 'NOT_TEXT', message: 'It has no text, as a scan; recognise its text first.' };
  return `${pages.join('\n')}\n`;
};

const conversions: { readonly [format in Converted]: (file: Buffer) => Promise<string | NoText> } =
  {
    HTML: fromHtml,
    DOCX: fromDocx,
    PDF: fromPdf,
  };

const trouble = (error: unknown): NoText => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return {
    code: 'UNREADABLE',
    message:
      name === 'PasswordException' ? 'It is protected by a password.' : `It is damaged: ${message}`,
  };
};

/** The text of a file: Markdown for a page or a Word file, plain lines for a PDF; or why it has none. */
export const converted = async (file: Buffer, format: Converted): Promise<string | NoText> => {
  try {
    const text = await conversions[format](file);
    return typeof text === 'string' ? boundedText(text.toWellFormed()) : text;
  } catch (error) {
    return trouble(error);
  }
};
