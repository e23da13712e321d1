import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { versionsFile } from '../../../src/importers/sources/versions-file.ts';
import { aFolder } from '../../store/folder.ts';
import { codes, pileOf, textsOf } from './pile.ts';

const blobOf = (text: string): string => {
  const bytes = Buffer.from(text);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
};

const commit = (number: number): string => number.toString(16).padStart(40, '0');

type Said = { readonly path: string; readonly at: number; readonly text?: string };

/** A line as the format has it: the commit is numbered by its second. */
const lineOf = ({ path, at, text }: Said, more: object = {}): string =>
  JSON.stringify({
    path,
    status: text === undefined ? 'D' : 'M',
    commit: commit(at),
    committerEpoch: at,
    subject: `commit ${at}`,
    trailers: {},
    blobSha: text === undefined ? '' : blobOf(text),
    ...(text !== undefined && { text }),
    ...more,
  });

const aFile = (content: string): string => {
  const path = join(aFolder(), 'demo.versions.jsonl');
  writeFileSync(path, content);
  return path;
};

describe('a file of versions', () => {
  it('gives each line as a version, with the moment of the commit and its trailers', async () => {
    const lines = [
      lineOf({ path: 'a.md', at: 1, text: 'one\r\n\0' }, { trailers: { Fix: ['x', 'y'] } }),
      lineOf({ path: 'b.md', at: 1, text: '\uFEFFone' }),
      lineOf({ path: 'a.md', at: 2 }),
    ];
    await using source = await versionsFile(aFile(lines.join('\n')));
    const { versions, leftOut } = await pileOf(source);
    expect(leftOut).toEqual([]);
    expect(source.name).toBe('demo.versions.jsonl');
    expect(await textsOf(source, versions)).toEqual(['one\r\n\0', '\uFEFFone', '(withdrawn)']);
    expect(versions.map(({ order }) => order)).toEqual([1, 1, 2]);
    expect(versions[0]).toMatchObject({
      path: 'a.md',
      versionId: commit(1),
      announcedAt: '1970-01-01T00:00:01.000Z',
      title: 'commit 1',
      note: 'Fix: x\nFix: y',
      sources: [{ title: 'a.md, commit 000000000000', published: '1970-01-01' }],
    });
  });

  it('goes on with what left one path and came to another with the same content in one commit', async () => {
    const lines = [
      lineOf({ path: 'a.md', at: 1, text: 'one' }),
      lineOf({ path: 'b.md', at: 1, text: 'two' }),
      lineOf({ path: 'a.md', at: 2 }),
      lineOf({ path: 'c.md', at: 2, text: 'one' }),
      lineOf({ path: 'b.md', at: 3 }),
      lineOf({ path: 'd.md', at: 4, text: 'two' }),
      lineOf({ path: 'e.md', at: 5, text: 'one' }),
      lineOf({ path: 'c.md', at: 6 }),
      lineOf({ path: 'e.md', at: 6 }),
      lineOf({ path: 'f.md', at: 6, text: 'one' }),
      lineOf({ path: 'g.md', at: 6, text: 'one' }),
    ];
    await using source = await versionsFile(aFile(`${lines.join('\n')}\n`));
    const { versions } = await pileOf(source);
    expect(versions.map(({ path, renamedFrom }) => [renamedFrom, path])).toEqual([
      [undefined, 'a.md'],
      [undefined, 'b.md'],
      ['a.md', 'c.md'],
      [undefined, 'b.md'],
      [undefined, 'd.md'],
      [undefined, 'e.md'],
      ['c.md', 'f.md'],
      ['e.md', 'g.md'],
    ]);
  });

  it('leaves out what is broken by the number of its line, and goes on behind it', async () => {
    const good = { path: 'a.md', at: 1, text: 'one' };
    const lines = [
      '\uFEFF',
      '{"path": ',
      lineOf(good, { committerEpoch: 'yesterday' }),
      lineOf(good, { blobSha: '' }),
      '[]',
      lineOf(good, { blobSha: blobOf('two') }),
      lineOf({ ...good, at: 2, text: '\ud800' }),
      lineOf({ ...good, at: 3, text: 'x'.repeat(4_000_001) }),
      lineOf({ ...good, at: 10 ** 14 }),
      lineOf({ ...good, at: 4 }),
    ];
    await using source = await versionsFile(aFile(lines.join('\n')));
    const { versions, leftOut } = await pileOf(source);
    expect(codes(leftOut)).toEqual([
      ...['UNREADABLE line 1', 'UNREADABLE line 2', 'UNREADABLE line 3'],
      ...['UNREADABLE line 4', 'UNREADABLE line 5'],
    ]);
    expect(leftOut[2]?.message).toBe(
      'Line 3 is no version at committerEpoch: Invalid input: expected number, received string.',
    );
    expect(await textsOf(source, versions)).toEqual([
      ...['(UNREADABLE)', '(NOT_TEXT)', '(TOO_LARGE)', 'one', 'one'],
    ]);
    expect(versions[3]?.announcedAt).toBe('unknown');
  });

  it('gives any texts back, in any order and however the file is cut into pieces', async () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 10_000 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(texts, async (given) => {
        const lines = given.map((text, at) => `${lineOf({ path: `${at}.md`, at, text })}\n`);
        await using source = await versionsFile(aFile(lines.join('')));
        const { versions } = await pileOf(source);
        const back = await textsOf(source, versions.toReversed());
        expect(back.toReversed()).toEqual(given);
      }),
      { numRuns: 25 },
    );
  });

  it('says so when it is not there, and when it changed while it was read', async () => {
    await expect(versionsFile(join(aFolder(), 'none.jsonl'))).rejects.toThrow('can not be opened');
    const path = aFile(lineOf({ path: 'a.md', at: 1, text: 'one' }));
    await using source = await versionsFile(path);
    const { versions } = await pileOf(source);
    writeFileSync(path, lineOf({ path: 'a.md', at: 2, text: 'two' }));
    expect(await textsOf(source, versions)).toEqual(['(UNREADABLE)']);
  });
});
