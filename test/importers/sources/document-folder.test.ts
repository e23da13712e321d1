import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  documentFolder,
  type FolderOptions,
} from '../../../src/importers/sources/document-folder.ts';
import { aFolder } from '../../store/folder.ts';
import { docxOf, pdfOf } from './office-files.ts';
import { codes, pileOf, textsOf } from './pile.ts';

const filled = (files: { readonly [path: string]: string | Buffer }): string => {
  const root = join(aFolder(), 'pile');
  mkdirSync(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
};

/** A folder's versions as `document: date text`, and what was left out. */
const read = async (root: string, options?: FolderOptions) => {
  await using source = await documentFolder(root, options);
  const { versions, leftOut } = await pileOf(source);
  const texts = await textsOf(source, versions);
  return {
    versions: versions.map(({ path, announcedAt }, at) => `${path}: ${announcedAt} ${texts[at]}`),
    leftOut: codes(leftOut),
    messages: leftOut.map(({ message }) => message),
  };
};

describe('a folder of documents', () => {
  it('has a document for each name, its versions by number where all have one', async () => {
    const root = filled({
      'MSA v10 signed.docx': docxOf('Ten', 'x'),
      'MSA_v9.docx': docxOf('Nine', 'x'),
      'msa (final) v2.md': 'two',
      'MSA v2 draft.md': 'draft of two',
      'deep/er/NDA.md': 'nda',
    });
    expect(await read(root)).toEqual({
      versions: [
        'deep/er/NDA: unknown nda',
        'MSA: unknown draft of two',
        'MSA: unknown two',
        'MSA: unknown # Nine\n\nx\n',
        'MSA: unknown # Ten\n\nx\n',
      ],
      leftOut: [],
      messages: [],
    });
  });

  it('keeps the order of the numbers where the dates say another', async () => {
    const root = filled({ 'MSA v1 2024-05-01.md': 'one', 'MSA v2 2024-02-01.md': 'two' });
    expect((await read(root)).versions).toEqual(['MSA: 2024-05-01 one', 'MSA: 2024-02-01 two']);
  });

  it('goes by dates where a number is missing, and what has neither stands first', async () => {
    const root = filled({
      'MSA_2024-03-01.md': 'march',
      'MSA 2024-02.md': 'february',
      'MSA v1.md': 'one',
      'MSA.md': 'plain',
    });
    expect((await read(root)).versions).toEqual([
      'MSA: unknown plain',
      'MSA: unknown one',
      'MSA: 2024-02 february',
      'MSA: 2024-03-01 march',
    ]);
  });

  it('tells of each version its place, title and hash, and of the same bytes again another id', async () => {
    const root = filled({ 'MSA v1.md': 'one', 'MSA v2.md': 'two', 'MSA 2024-01-02 v3.md': 'one' });
    await using source = await documentFolder(root);
    const { versions } = await pileOf(source);
    const sha256 = createHash('sha256').update('one').digest('hex');
    expect(source.name).toBe('pile');
    expect(versions.map(({ order }) => order)).toEqual([1, 2, 3]);
    expect(versions[0]?.versionId).toBe(sha256);
    expect(versions[2]).toEqual({
      path: 'MSA',
      versionId: `${sha256}-2`,
      order: 3,
      announcedAt: '2024-01-02',
      title: 'MSA 2024-01-02 v3.md',
      sources: [
        { title: 'MSA 2024-01-02 v3.md', published: '2024-01-02', grade: 'DOCUMENT_TEXT', sha256 },
      ],
      content: `${sha256}/MSA 2024-01-02 v3.md`,
    });
  });

  it('takes one format of a version that lies there in several', async () => {
    const root = filled({
      'a v1.pdf': pdfOf(['x']),
      'a_v1.docx': docxOf('a', 'b'),
      'a v1.md': 'x',
    });
    expect(await read(root)).toMatchObject({
      versions: ['a: unknown x'],
      leftOut: ['OUTSIDE a v1.pdf', 'OUTSIDE a_v1.docx'],
    });
  });

  it('dates by the last change of the files when asked to', async () => {
    const root = filled({ 'a v2.md': 'two', 'a v1.md': 'one' });
    utimesSync(join(root, 'a v1.md'), 1.5, 1.5);
    utimesSync(join(root, 'a v2.md'), 4_070_908_800, 4_070_908_800);
    expect((await read(root, { dates: 'from-mtime' })).versions).toEqual([
      'a: 1970-01-01T00:00:01.500Z one',
      'a: 2099-01-01T00:00:00.000Z two',
    ]);
  });

  it('dates by a manifest, and tells of its lines that fit nothing', async () => {
    const root = filled({
      'x/first.md': 'one',
      'second.md': 'two',
      'unlisted.md': 'three',
      'manifest.csv':
        '\uFEFFfile,Date,document,title\r\n./x\\first.md,2024-01-05,MSA,"First, signed"\r\nsecond.md,2024-02-01T10:00:00Z,MSA,\r\nnone.md,2024,,\r\nsecond.md,2025,,\r\nunlisted.md,soon,,\r\n',
    });
    const dates = join(root, 'manifest.csv');
    expect(await read(root, { dates })).toMatchObject({
      versions: ['MSA: 2024-01-05 one', 'MSA: 2024-02-01T10:00:00Z two'],
      leftOut: [
        'OUTSIDE manifest line 5',
        'NO_DATE manifest line 6',
        'OUTSIDE manifest line 4',
        'NO_DATE unlisted.md',
      ],
    });
    await using source = await documentFolder(root, { dates });
    const { versions } = await pileOf(source);
    expect(versions.map(({ title }) => title)).toEqual(['First, signed', 'second.md']);
  });

  it('refuses a manifest without its columns, and what is no folder', async () => {
    const root = filled({
      'm.csv': 'name,day\na.md,2024',
      'a.md': 'x',
      'bad.csv': 'file,date\n"a',
    });
    await expect(documentFolder(root, { dates: join(root, 'm.csv') })).rejects.toThrow(
      'lacks the column file and date',
    );
    await expect(documentFolder(root, { dates: join(root, 'bad.csv') })).rejects.toThrow(
      'is no CSV',
    );
    await expect(documentFolder(root, { dates: 'from-nothing' })).rejects.toThrow(
      'The manifest from-nothing can not be opened',
    );
    await expect(documentFolder(join(root, 'a.md'))).rejects.toThrow('is no folder');
    await expect(documentFolder(join(root, 'b'))).rejects.toThrow('There is nothing to be read');
  });

  it('keeps text to the byte, and reads UTF-16 by its mark', async () => {
    const root = filled({
      'a.md': '\uFEFFone\r\n\0 e\u0301\n',
      'b.txt': Buffer.from('\uFEFFé\r\n', 'utf16le'),
      'c.txt': Buffer.from('\uFEFFé\r\n', 'utf16le').swap16(),
      'd.md': Buffer.from('é', 'latin1'),
      'e.txt': Buffer.from([0xff, 0xfe, 0x00, 0xd8]),
    });
    expect((await read(root)).versions).toEqual([
      'a: unknown \uFEFFone\r\n\0 e\u0301\n',
      'b: unknown é\r\n',
      'c: unknown é\r\n',
      'd: unknown (NOT_TEXT)',
      'e: unknown (NOT_TEXT)',
    ]);
  });

  it('goes through a hostile folder, and names what it can not take', async () => {
    const root = filled({
      'new\nline.md': 'x',
      'damaged.docx': 'no zip',
      'trap.docx': docxOf('a', 'b', { 'x.bin': Buffer.alloc(100_000_001) }),
      'scan.pdf': pdfOf([]),
      'huge.md': '',
      'program.exe': Buffer.from([0xff]),
      'other.exe': '',
      '.git/config': '',
    });
    truncateSync(join(root, 'huge.md'), 200_000_000);
    symlinkSync('.', join(root, 'loop'));
    symlinkSync('/etc/hostname', join(root, 'out.md'));
    execFileSync('mkfifo', [join(root, 'pipe.md')]);
    expect(await read(root)).toMatchObject({
      versions: [
        'damaged: unknown (UNREADABLE)',
        'new line: unknown x',
        'scan: unknown (NOT_TEXT)',
        'trap: unknown (TOO_LARGE)',
      ],
      leftOut: [
        'OUTSIDE .git',
        'TOO_LARGE huge.md',
        'LINK loop',
        'LINK out.md',
        'UNREADABLE pipe.md',
        'UNKNOWN_FORMAT *.exe',
      ],
    });
  });

  it('says of a file that changed behind its back that it did', async () => {
    const root = filled({ 'a.md': 'one', 'b.md': 'two' });
    await using source = await documentFolder(root);
    const { versions } = await pileOf(source);
    writeFileSync(join(root, 'a.md'), 'other');
    expect(await textsOf(source, versions)).toEqual(['(UNREADABLE)', 'two']);
  });
});
