import { deflateSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Converter, type Limits } from '../../../src/importers/sources/converter.ts';
import { docxOf, pdfDrawing, pdfOf } from './office-files.ts';

const aConverter = (limits?: Limits): Converter => {
  const converter = new Converter(limits);
  onTestFinished(() => converter[Symbol.asyncDispose]());
  return converter;
};

describe('a converter', () => {
  it('makes Markdown of Word files and pages, and lines of a PDF', async () => {
    const converter = aConverter();
    const page =
      '<html><head><title>T</title><style>x</style></head><body><h2>Fees</h2><p>1. Pay [&bull;]</p><script>s</script></body>';
    expect(await converter.convert(docxOf('Term', 'Two years.'), 'DOCX')).toBe(
      '# Term\n\nTwo years.\n',
    );
    expect(await converter.convert(Buffer.from(page), 'HTML')).toBe('## Fees\n\n1. Pay [•]\n');
    expect(await converter.convert(pdfOf(['Term', 'Two years.']), 'PDF')).toBe(
      'Term\nTwo years.\n',
    );
  });

  it.each([
    ['utf-8 without a word', Buffer.from('<p>é')],
    ['with a mark', Buffer.from('\uFEFF<p>é', 'utf16le')],
    ['that names it', Buffer.from('<meta charset="iso-8859-1"><p>é', 'latin1')],
    ['that names none there is', Buffer.from('<meta charset="x-none"><p>é', 'latin1')],
    ['that does not', Buffer.from('<p>é', 'latin1')],
  ])('reads a page in an encoding: %s', async (_, page) => {
    expect(await aConverter().convert(page, 'HTML')).toBe('é\n');
  });

  it('says of a damaged, locked or empty file what is the matter, and goes on with the next', async () => {
    const converter = aConverter();
    const code = async (file: Buffer, format: 'DOCX' | 'PDF') => {
      const answer = await converter.convert(file, format);
      return typeof answer === 'string' ? answer : `${answer.code}: ${answer.message}`;
    };
    expect(await code(Buffer.from('no zip'), 'DOCX')).toMatch(/^UNREADABLE: It is damaged: /);
    expect(await code(docxOf('a', 'b').subarray(0, 300), 'DOCX')).toMatch(/^UNREADABLE/);
    expect(await code(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'DOCX')).toMatch(/password/);
    expect(await code(pdfOf(['x']).subarray(0, 100), 'PDF')).toMatch(/^UNREADABLE/);
    expect(await code(pdfOf([]), 'PDF')).toMatch(/^NOT_TEXT: It has no text/);
    expect(await code(Buffer.alloc(0), 'PDF')).toMatch(/^UNREADABLE/);
    expect(await code(pdfOf(['x']), 'PDF')).toBe('x\n');
  });

  it('does not unpack a file that is a trap', async () => {
    const bomb = docxOf('a', 'b', { 'word/media/x.bin': Buffer.alloc(100_000_001) });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await aConverter().convert(bomb, 'DOCX')).toEqual({
      code: 'TOO_LARGE',
      message: 'It unpacks to more than 100 MB.',
    });
  });

  it('gives a file up that takes too long', async () => {
    const answer = await aConverter({ ms: 1, mb: 400 }).convert(docxOf('a', 'b'), 'DOCX');
    expect(answer).toEqual({
      code: 'UNREADABLE',
      message: 'Its text could not be had within 0.001 s and 400 MB of memory.',
    });
  });

  it('outlives a file that takes all memory', async () => {
    const converter = aConverter({ ms: 60_000, mb: 50 });
    const long = docxOf('a', '</w:t></w:r></w:p><w:p><w:r><w:t>x'.repeat(300_000));
    expect(await converter.convert(long, 'DOCX')).toMatchObject({ code: 'UNREADABLE' });
    expect(await converter.convert(Buffer.from('<p>b'), 'HTML')).toBe('b\n');
  });

  it('outlives a file that takes memory beside the heap, as what a PDF unpacks does', async () => {
    const converter = aConverter({ ms: 60_000, mb: 100 });
    const twice = deflateSync(deflateSync(Buffer.alloc(200_000_000, ' ')));
    const filters = '/ASCIIHexDecode /FlateDecode /FlateDecode';
    const bomb = pdfDrawing(`${twice.toString('hex')}>`, filters);
    expect(bomb.length).toBeLessThan(10_000);
    const [trap, next] = await Promise.all([
      converter.convert(bomb, 'PDF'),
      converter.convert(pdfOf(['x']), 'PDF'),
    ]);
    expect(trap).toEqual({
      code: 'UNREADABLE',
      message: 'Its text could not be had within 60 s and 100 MB of memory.',
    });
    expect(next).toBe('x\n');
  });

  it('converts a file that unpacks to much and stays within its limits', async () => {
    const drawn = `BT /F1 12 Tf 50 700 Td\n(Term) Tj\nET${' '.repeat(40_000_000)}`;
    const large = pdfDrawing(
      `${deflateSync(drawn).toString('hex')}>`,
      '/ASCIIHexDecode /FlateDecode',
    );
    expect(await aConverter().convert(large, 'PDF')).toBe('Term\n');
  });
});
