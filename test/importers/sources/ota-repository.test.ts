import { expect, it } from 'vitest';
import { otaRepository } from '../../../src/importers/sources/ota-repository.ts';
import { aRepository, describeWithGit } from './git.ts';
import { codes, pileOf, textsOf } from './pile.ts';

const SNAPSHOT = 'https://github.com/OpenTermsArchive/demo-snapshots/commit/fcca462ee32d6cd1';
const MESSAGE = `Record new changes of npm Privacy Policy

This version was recorded after extracting from snapshot ${SNAPSHOT}

X-engine-version: 14.0.0
X-other: one, two
`;

describeWithGit('an Open Terms Archive repository', () => {
  it('has documents in folders of services; snapshot and trailers stand with each version', async () => {
    const folder = aRepository([
      {
        at: 1,
        message: 'Initial commit',
        changes: ['README.md', '.github/setup.md', 'npm/deep/er.md'].map((put) => ({
          put,
          content: put,
        })),
      },
      { at: 2, message: MESSAGE, changes: [{ put: 'npm/Privacy Policy.md', content: 'one' }] },
      {
        at: 3,
        message: 'Update\n\nNo trailer at all',
        changes: [{ put: 'npm/Privacy Policy.md', content: 'two' }],
      },
    ]);
    await using source = await otaRepository(folder);
    const { versions, leftOut } = await pileOf(source);
    expect(codes(leftOut)).toEqual(['UNKNOWN_FORMAT *.md']);
    expect(await textsOf(source, versions)).toEqual(['one', 'two']);
    const [first, second] = versions;
    expect(first).toMatchObject({
      path: 'npm/Privacy Policy.md',
      announcedAt: '1970-01-01T00:00:02.000Z',
      title: 'Record new changes of npm Privacy Policy',
      note: 'X-engine-version: 14.0.0\nX-other: one, two',
      sources: [{ url: SNAPSHOT, publisher: 'Open Terms Archive contributors' }],
    });
    expect(second?.note).toBeUndefined();
    expect(second?.sources[0]?.url).toBeUndefined();
  });

  it('reads an address as a whole, and does not look for another one in it again and again', async () => {
    const starts = 'https://'.repeat(100_000);
    const folder = aRepository([
      {
        at: 1,
        message: `One\n\n${starts}a/commit/1234567 ${SNAPSHOT}`,
        changes: [{ put: 'npm/Terms.md', content: 'one' }],
      },
      {
        at: 2,
        message: `Two\n\n(${SNAPSHOT}), https://example.org/commit/7654321`,
        changes: [{ put: 'npm/Terms.md', content: 'two' }],
      },
    ]);
    await using source = await otaRepository(folder);
    const { versions } = await pileOf(source);
    expect(versions.map(({ sources }) => sources[0]?.url)).toEqual([SNAPSHOT, SNAPSHOT]);
  });
});
