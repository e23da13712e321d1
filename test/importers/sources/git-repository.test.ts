import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { gitRepository } from '../../../src/importers/sources/git-repository.ts';
import { aFolder } from '../../store/folder.ts';
import { aRepository, describeWithGit, emptyRepository, git, makeCommits } from './git.ts';
import { docxOf, pdfOf } from './office-files.ts';
import { codes, pileOf, textsOf } from './pile.ts';

const PARAGRAPH = 'The customer pays within thirty days of the invoice.\n'.repeat(20);

describeWithGit('a git repository', () => {
  it('gives each document its versions, with the moment of the commit', async () => {
    const folder = aRepository([
      { at: 1, message: 'First\nline\n\nbody', changes: [{ put: 'a.md', content: 'one' }] },
      { at: 4_070_908_800, changes: [{ put: 'a.md', content: 'two' }] },
      { at: 4_070_908_800, changes: [{ remove: 'a.md' }] },
      { at: 4_070_908_801, changes: [{ put: 'a.md', content: 'one' }] },
    ]);
    await using source = await gitRepository(folder);
    const { versions, leftOut } = await pileOf(source);
    expect(leftOut).toEqual([]);
    expect(versions.map(({ announcedAt }) => announcedAt)).toEqual([
      '1970-01-01T00:00:01.000Z',
      '2099-01-01T00:00:00.000Z',
      '2099-01-01T00:00:00.000Z',
      '2099-01-01T00:00:01.000Z',
    ]);
    expect(await textsOf(source, versions)).toEqual(['one', 'two', '(withdrawn)', 'one']);
    const [first] = versions;
    expect(first).toMatchObject({ path: 'a.md', order: 1, title: 'First line' });
    expect(first?.versionId).toBe(
      git(folder, ['rev-list', '--reverse', 'main']).toString().split('\n')[0],
    );
    expect(first?.sources).toEqual([
      {
        title: `a.md, commit ${first?.versionId.slice(0, 12)}`,
        published: '1970-01-01',
        grade: 'DOCUMENT_TEXT',
      },
    ]);
  });

  it('goes on with a document under its new path, whether its words stayed or changed a little', async () => {
    const folder = aRepository([
      {
        at: 1,
        changes: [
          { put: 'a.md', content: PARAGRAPH },
          { put: 'b.md', content: `B ${PARAGRAPH}` },
        ],
      },
      { at: 2, changes: [{ rename: 'a.md', to: 'terms/a.md' }] },
      { at: 3, changes: [{ remove: 'b.md' }, { put: 'c.md', content: `B ${PARAGRAPH}more` }] },
    ]);
    await using source = await gitRepository(folder);
    const { versions } = await pileOf(source);
    expect(versions.map(({ path, renamedFrom }) => [renamedFrom, path])).toEqual([
      [undefined, 'a.md'],
      [undefined, 'b.md'],
      ['a.md', 'terms/a.md'],
      ['b.md', 'c.md'],
    ]);
  });

  it('takes what the globs name, and tells of other formats only without any', async () => {
    const changes = [
      'policies/deep/a.md',
      'policies/b.MD',
      'c.md',
      'policies/x.png',
      'LICENSE',
    ].map((put) => ({ put, content: put }));
    const folder = aRepository([{ at: 1, changes }]);
    const chosenBy = async (...paths: readonly string[]) => {
      await using source = await gitRepository(folder, paths.length === 0 ? {} : { paths });
      const { versions, leftOut } = await pileOf(source);
      return [...versions.map(({ path }) => path), ...codes(leftOut)].toSorted();
    };
    expect(await chosenBy()).toEqual([
      'UNKNOWN_FORMAT *',
      'UNKNOWN_FORMAT *.png',
      'c.md',
      'policies/b.MD',
      'policies/deep/a.md',
    ]);
    expect(await chosenBy('policies/**.md')).toEqual(['policies/deep/a.md']);
    expect(await chosenBy('*.md', 'LICENSE')).toEqual(['LICENSE', 'c.md']);
    expect(await chosenBy('policies/deep')).toEqual(['policies/deep/a.md']);
  });

  it('leaves out by name what is no file or no text, and ends the document that it was', async () => {
    const folder = aRepository([
      { at: 1, changes: [{ put: 'a.md', content: 'one' }] },
      {
        at: 2,
        changes: [
          { put: 'a.md', content: 'b.md', mode: '120000' },
          { put: 'module', content: '1'.repeat(40), mode: '160000' },
          { put: 'bytes.md', content: Buffer.from([0xff, 0x41]) },
          { put: 'long.md', content: 'x'.repeat(4_000_001) },
          { put: 'longer.md', content: 'x'.repeat(12_000_001) },
        ],
      },
    ]);
    await using source = await gitRepository(folder);
    const { versions, leftOut } = await pileOf(source);
    expect(codes(leftOut).toSorted()).toEqual(['LINK a.md', 'SUBMODULE module']);
    const texts = await textsOf(source, versions);
    expect(versions.map(({ path }, at) => `${path}: ${texts[at]}`)).toEqual([
      'a.md: one',
      'a.md: (withdrawn)',
      'bytes.md: (NOT_TEXT)',
      'long.md: (TOO_LARGE)',
      'longer.md: (TOO_LARGE)',
    ]);
  });

  it('converts Word and PDF files; a page stays the bytes that git has', async () => {
    const folder = aRepository([
      {
        at: 1,
        changes: [
          { put: 'a.docx', content: docxOf('Term', 'Two years.') },
          { put: 'b.html', content: '<p>Two years.' },
          { put: 'c.pdf', content: pdfOf(['Two years.']) },
        ],
      },
    ]);
    await using source = await gitRepository(folder);
    expect(await textsOf(source, (await pileOf(source)).versions)).toEqual([
      '# Term\n\nTwo years.\n',
      '<p>Two years.',
      'Two years.\n',
    ]);
  });

  it('passes over a change that leaves a file its content', async () => {
    const folder = aRepository([
      { at: 1, changes: [{ put: 'a.md', content: 'one' }] },
      { at: 2, changes: [{ put: 'a.md', content: 'one', mode: '100755' }] },
    ]);
    await using source = await gitRepository(folder);
    expect((await pileOf(source)).versions).toHaveLength(1);
  });

  it('reads any ref', async () => {
    const folder = aRepository([
      { at: 1, changes: [{ put: 'a.md', content: 'one' }] },
      { at: 2, changes: [], merging: [{ put: 'a.md', content: 'two' }] },
    ]);
    await using source = await gitRepository(folder, { ref: 'main~1' });
    expect(await textsOf(source, (await pileOf(source)).versions)).toEqual(['one']);
  });

  it('has nothing in an empty repository, and says what is wrong with a ref, a folder, a path', async () => {
    const empty = emptyRepository();
    await using source = await gitRepository(empty);
    expect(await pileOf(source)).toEqual({ versions: [], leftOut: [] });
    const folder = aRepository([{ at: 1, changes: [{ put: 'a.md', content: 'one' }] }]);
    await using elsewhere = await gitRepository(folder, { ref: '--all' });
    await expect(pileOf(elsewhere)).rejects.toThrow(
      '--all names no commit; the repository has the branches main',
    );
    await expect(gitRepository(aFolder())).rejects.toThrow('is not the top folder of a git');
    await expect(gitRepository(join(aFolder(), 'none'))).rejects.toThrow('nothing to be read at');
    mkdirSync(join(empty, 'sub'));
    await expect(gitRepository(join(empty, 'sub'))).rejects.toThrow('is not the top folder');
  });

  it('says that git is to be installed where it is not', async () => {
    const folder = emptyRepository();
    vi.stubEnv('PATH', aFolder());
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    await expect(gitRepository(folder)).rejects.toThrow('install git');
  });

  it('leaves out a content that is damaged, and reads the ones behind it', async () => {
    const folder = aRepository([
      {
        at: 1,
        changes: ['one', 'two', 'three'].map((put) => ({ put: `${put}.md`, content: put })),
      },
    ]);
    const blob = git(folder, ['rev-parse', 'main:three.md']).toString().trim();
    const object = join(folder, 'objects', blob.slice(0, 2), blob.slice(2));
    chmodSync(object, 0o644);
    writeFileSync(object, 'damaged');
    await using source = await gitRepository(folder);
    const { versions } = await pileOf(source);
    expect(versions.map(({ path }) => path)).toEqual(['one.md', 'three.md', 'two.md']);
    expect(await textsOf(source, versions)).toEqual(['one', '(UNREADABLE)', 'two']);
    expect(await textsOf(source, versions.slice(2))).toEqual(['two']);
  });

  it('can be left at any moment, with readings under way', async () => {
    const folder = aRepository([
      { at: 1, changes: [{ put: 'a.md', content: 'one' }] },
      { at: 2, changes: [{ put: 'a.md', content: 'two' }] },
    ]);
    const source = await gitRepository(folder);
    const heads = source.heads()[Symbol.asyncIterator]();
    const { value } = await heads.next();
    const reading = source.read(value);
    await heads.return?.();
    await source[Symbol.asyncDispose]();
    expect(await reading).toMatchObject({ code: 'UNREADABLE' });
  });

  it('reads a shallow clone, and says that it is one', async () => {
    const folder = aRepository([
      { at: 1, changes: [{ put: 'a.md', content: 'one' }] },
      { at: 2, changes: [{ put: 'a.md', content: 'two' }] },
    ]);
    const shallow = join(aFolder(), 'shallow');
    git('.', ['clone', '--quiet', '--depth=1', `file://${folder}`, shallow]);
    await using source = await gitRepository(shallow);
    const { versions, leftOut } = await pileOf(source);
    expect(codes(leftOut)).toEqual(['CUT_OFF .']);
    expect(await textsOf(source, versions)).toEqual(['two']);
  });

  it('fetches nothing into a clone without contents: same content is found renamed, the rest is left out', async () => {
    const folder = aRepository([
      {
        at: 1,
        changes: [
          { put: 'a.md', content: PARAGRAPH },
          { put: 'b.md', content: `B ${PARAGRAPH}` },
        ],
      },
      {
        at: 2,
        changes: [
          { rename: 'a.md', to: 'aa.md' },
          { remove: 'b.md' },
          { put: 'bb.md', content: `B ${PARAGRAPH}more` },
        ],
      },
    ]);
    git(folder, ['config', 'uploadpack.allowFilter', 'true']);
    const partial = join(aFolder(), 'partial');
    git('.', ['clone', '--quiet', '--bare', '--filter=blob:none', `file://${folder}`, partial]);
    await using source = await gitRepository(partial);
    const { versions, leftOut } = await pileOf(source);
    expect(codes(leftOut)).toEqual(['CUT_OFF .']);
    expect(versions.map(({ path, renamedFrom }) => [renamedFrom, path])).toEqual([
      [undefined, 'a.md'],
      [undefined, 'b.md'],
      ['a.md', 'aa.md'],
      [undefined, 'b.md'],
      [undefined, 'bb.md'],
    ]);
    expect(new Set(await textsOf(source, versions))).toEqual(
      new Set(['(UNREADABLE)', '(withdrawn)']),
    );
  });

  it('runs nothing that a repository would have run', async () => {
    const folder = emptyRepository();
    const ran = join(aFolder(), 'ran');
    const program = join(folder, 'program');
    writeFileSync(program, `#!/bin/sh\ntouch '${ran}'\ncat\n`, { mode: 0o755 });
    makeCommits(folder, [
      { at: 1, changes: [{ put: '.gitattributes', content: '*.md diff=x filter=x' }] },
      { at: 2, changes: ['a', 'b'].map((put) => ({ put: `${put}.md`, content: put })) },
    ]);
    git(folder, ['reset', '--quiet', '--hard']);
    const signed = git(folder, ['cat-file', 'commit', 'main'])
      .toString()
      .replace('\n\n', '\ngpgsig -----BEGIN PGP SIGNATURE-----\n -----END PGP SIGNATURE-----\n\n');
    const commit = git(folder, ['hash-object', '-t', 'commit', '-w', '--stdin'], signed);
    git(folder, ['update-ref', 'refs/heads/main', commit.toString().trim()]);
    const blob = git(folder, ['rev-parse', 'main:b.md']).toString().trim();
    rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    for (const key of [
      ...['core.pager', 'pager.log', 'diff.external', 'diff.x.textconv', 'diff.x.command'],
      ...['filter.x.smudge', 'filter.x.clean', 'core.fsmonitor', 'gpg.program', 'core.sshCommand'],
      'remote.x.uploadpack',
    ])
      git(folder, ['config', key, program]);
    for (const [key, value] of [
      ['log.showSignature', 'true'],
      ['protocol.allow', 'always'],
      ['protocol.file.allow', 'always'],
      ['core.repositoryFormatVersion', '1'],
      ['extensions.partialClone', 'x'],
      ['remote.x.url', `file://${folder}`],
      ['remote.x.promisor', 'true'],
    ] as const)
      git(folder, ['config', key, value]);
    await using source = await gitRepository(folder);
    const texts = await textsOf(source, (await pileOf(source)).versions);
    expect(texts).toEqual(['a', '(UNREADABLE)']);
    expect(existsSync(ran)).toBe(false);
  });

  it('reads the same whatever the settings of the repository', async () => {
    const folder = aRepository([
      { at: 1, changes: [{ put: 'é.md', content: PARAGRAPH }] },
      { at: 2, changes: [], merging: [{ rename: 'é.md', to: 'b.md' }] },
      { at: 3, changes: [{ put: 'b.md', content: 'two' }] },
    ]);
    const read = async () => {
      await using source = await gitRepository(folder);
      return pileOf(source);
    };
    const before = await read();
    for (const setting of [
      ...['log.diffMerges=separate', 'log.showRoot=false', 'log.follow=true', 'diff.renames=false'],
      ...['diff.orderFile=none', 'diff.relative=true', 'color.ui=always', 'log.abbrevCommit=true'],
      ...[
        'i18n.logOutputEncoding=latin1',
        'core.abbrev=4',
        'format.pretty=oneline',
        'diff.noPrefix=1',
      ],
    ])
      git(folder, ['config', ...setting.split('=')]);
    expect(await read()).toEqual(before);
    expect(before.versions).toHaveLength(3);
  });

  it('opens a clone by a link to it', async () => {
    const folder = aRepository([{ at: 1, changes: [{ put: 'a.md', content: 'one' }] }]);
    const link = join(aFolder(), 'link');
    symlinkSync(folder, link);
    await using source = await gitRepository(link);
    expect((await pileOf(source)).versions).toHaveLength(1);
    expect(source.name).toBe('repo');
  });
});
