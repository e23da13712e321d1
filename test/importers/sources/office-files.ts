import { crc32, deflateRawSync } from 'node:zlib';

type Packed = { readonly name: string; readonly content: Buffer };

const header = (signature: string, { name, content }: Packed, packed: Buffer): Buffer => {
  const isCentral = signature === 'PK\x01\x02';
  const bytes = Buffer.alloc(isCentral ? 46 : 30);
  bytes.write(signature, 'latin1');
  const at = isCentral ? 2 : 0;
  bytes.writeUInt16LE(20, 4);
  bytes.writeUInt16LE(20, 4 + at);
  bytes.writeUInt16LE(8, 8 + at);
  bytes.writeUInt32LE(crc32(content), 14 + at);
  bytes.writeUInt32LE(packed.length, 18 + at);
  bytes.writeUInt32LE(content.length, 22 + at);
  bytes.writeUInt16LE(Buffer.byteLength(name), 26 + at);
  return bytes;
};

/** A zip file with these files in it. */
export const zipOf = (files: { readonly [name: string]: string | Buffer }): Buffer => {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, given] of Object.entries(files)) {
    const file = { name, content: Buffer.from(given as string) };
    const packed = deflateRawSync(file.content);
    const local = Buffer.concat([header('PK\x03\x04', file, packed), Buffer.from(name), packed]);
    const central = header('PK\x01\x02', file, packed);
    central.writeUInt32LE(offset, 42);
    centrals.push(Buffer.concat([central, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
};

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** A Word file of a heading and a paragraph, and whatever else is packed with it. */
export const docxOf = (
  heading: string,
  paragraph: string,
  more: { readonly [name: string]: string | Buffer } = {},
): Buffer =>
  zipOf({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document xmlns:w="${W}"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>${heading}</w:t></w:r></w:p><w:p><w:r><w:t>${paragraph}</w:t></w:r></w:p></w:body></w:document>`,
    'word/styles.xml': `<w:styles xmlns:w="${W}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r2" Type="${OFFICE.replace('officeDocument', 'styles').replace(/officeDocument$/, 'styles')}" Target="styles.xml"/></Relationships>`,
    ...more,
  });

/** A PDF of one page that is drawn so, with the filters that the drawing has to go through. */
export const pdfDrawing = (drawn: string, filters = ''): Buffer => {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawn.length} /Filter [${filters}] >>\nstream\n${drawn}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  const count = objects.length + 1;
  return Buffer.from(
    `${text}xref\n0 ${count}\n0000000000 65535 f \n${places.join('')}trailer << /Size ${count} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
  );
};

/** A PDF of one page with these lines; none makes a page without text. */
export const pdfOf = (lines: readonly string[]): Buffer => {
  const shown = lines.map((line) => `(${line}) Tj 0 -14 Td`).join('\n');
  return pdfDrawing(`BT /F1 12 Tf 50 700 Td\n${shown}\nET`);
};
