import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommand } from '#agreement/commands.ts';
import { fold } from '#agreement/rule-state.ts';
import { createApp } from '#app/create-app.ts';
import { openExecutor } from '#app/execute.ts';
import { type Question, question } from '#app/question.ts';
import { agreementId } from '#events/values.ts';
import { agreementCommits } from '#exporters/agreement-commits.ts';
import { readingsAsked } from '#exporters/document-commits.ts';
import { documentVersions } from '#exporters/document-version.ts';
import { exportBundle, exportRepository } from '#exporters/git-export.ts';
import { isPlainDocument, plainReadings } from '#exporters/plain-document.ts';
import { recordFile } from '#importers/agreement-file.ts';
import { historyOf } from '#projections/history.ts';
import { textOf } from '#projections/text.ts';
import { openStore } from '#store/open.ts';
import type { EventStore } from '#store/store.ts';
import { importInto, type MadeUp } from '../importers/documents/piles.ts';
import { describeWithGit, git } from '../importers/sources/git.ts';
import { randomHistory } from '../oracle/random-history.ts';
import { aFolder } from '../store/folder.ts';
import { historyIn } from './asked.ts';
import { logOf } from './random-log.ts';

const SIGNAL = new AbortController().signal;
const aLog = () => openStore('sqlite::memory:');

const commitsOf = async (log: EventStore, agreement: string) =>
  agreementCommits(agreement, await historyIn(log, agreement));

const repositoryOf = async (log: EventStore, agreement: string) => {
  const folder = join(aFolder(), 'out');
  const { commits } = await commitsOf(log, agreement);
  const made = await exportRepository(folder, commits, SIGNAL);
  return { folder, ...made };
};

type Seen = {
  readonly hash: string;
  /** Seconds since 1970, the author's and the committer's. */
  readonly times: readonly [number, number];
  readonly subject: string;
  readonly trailers: { readonly [key: string]: string };
  /** The only file: its path and text. */
  readonly file: readonly [path: string, text: string] | undefined;
};

/** What git says of every commit, the first first. */
const seenBy = (folder: string): readonly Seen[] =>
  git(folder, [
    'log',
    '--reverse',
    '--format=%H%x00%at%x00%ct%x00%s%x00%(trailers:only,unfold)%x01',
  ])
    .toString()
    .split('\u0001\n')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [hash = '', author, committer, subject = '', trailers = ''] = entry.split('\0');
      const paths = git(folder, ['ls-tree', '-r', '-z', '--name-only', hash])
        .toString()
        .split('\0')
        .slice(0, -1);
      expect(paths.length).toBeLessThanOrEqual(1);
      const [path] = paths;
      return {
        hash,
        times: [Number(author), Number(committer)],
        subject,
        trailers: Object.fromEntries(
          trailers
            .trim()
            .split('\n')
            .map((line) => line.split(': ', 2)),
        ),
        file:
          path === undefined
            ? undefined
            : [path, git(folder, ['show', `${hash}:${path}`]).toString()],
      };
    });

const texts = (seen: readonly Seen[]) => seen.map(({ file }) => file?.[1]);

/** What `codicil text` prints at some points. */
const asked = async (log: EventStore, agreement: string, questions: readonly Question[]) => {
  await using app = await createApp({ store: log, now: () => Date.parse('2100-01-01T00:00:00Z') });
  const answers = await Promise.all(questions.map((one) => app.views.stateAt(agreement, one)));
  return answers.map((answer) => answer && textOf(answer.state));
};

const clause = fc.constantFrom(
  '# Terms\n\n',
  '## Use\r\n\r\nYou may use it.\r\n\r\n',
  '1. We collect your name.\n',
  '2. We keep it for 60 days.\n',
  '\uFEFF',
  'x\u0000y ',
  '契約は終了する。\n',
  'data 5\ncommit refs/heads/main\n',
);
const versions: fc.Arbitrary<readonly MadeUp[]> = fc.array(
  fc.record({
    at: fc.nat(5).map((day) => `2020-01-0${day + 1}T01:00:00Z`),
    text: fc.option(
      fc.array(clause, { minLength: 1, maxLength: 5 }).map((all) => all.join('')),
      { nil: undefined, freq: 5 },
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

/** A document's record, and its versions that have a date. */
const documentIn = async (log: EventStore) => {
  const events = await historyIn(log, 'policy');
  const state = fold('policy', events);
  const history = historyOf(agreementId.parse('policy'), events);
  const document = { state, history, zone: 'UTC' };
  return { document, known: documentVersions(state, 'UTC') };
};

describe('a document at its versions', () => {
  it('reads the same worked out from version to version and asked for one by one', async () => {
    const property = fc.asyncProperty(versions, fc.nat(6), async (all, first) => {
      await using log = await aLog();
      await importInto(log, all.slice(0, first));
      await importInto(log, all);
      const { document, known } = await documentIn(log);
      expect(isPlainDocument(document.state, known, 'UTC')).toBe(true);
      expect([...plainReadings(document.state, known)]).toEqual([
        ...readingsAsked(document, known),
      ]);
    });
    await fc.assert(property, { numRuns: 40 });
  });

  const change = (changes: readonly unknown[], more = {}) => ({
    type: 'RecordInstrument' as const,
    input: {
      instrument: {
        id: 'more',
        kind: 'NOTICE',
        title: 'More',
        effectiveFrom: '2020-01-02',
        announcedAt: '2020-01-01',
        ...more,
      },
      changes,
    },
  });
  it.each([
    ['another instrument', change([{ removeTerm: { termId: 'TERM' } }])],
    [
      'a version of other dates',
      change([{ removeTerm: { termId: 'TERM' } }], {
        kind: 'DOCUMENT_VERSION',
        announcedAt: '2020-01-05',
        effectiveFrom: '2021-01-02',
      }),
    ],
    [
      'a correction',
      {
        type: 'CorrectRecord' as const,
        input: {
          target: 'instrument:commit2',
          reason: 'misread',
          data: {
            kind: 'DOCUMENT_VERSION',
            title: 'Two',
            announcedAt: '2020-01-03T00:00:00Z',
            effectiveFrom: '2021-01-01',
            sources: [],
          },
        },
      },
    ],
    [
      'a coverage',
      {
        type: 'StateCoverage' as const,
        input: { from: '2020-01-02', observedThrough: '2021-01-01' },
      },
    ],
  ])('is asked for one by one where the record has %s', async (_, { type, input }) => {
    await using log = await aLog();
    await importInto(log, [
      { at: '2020-01-01T00:00:00Z', text: 'One.\n' },
      { at: '2020-01-03T00:00:00Z', text: 'One.\n\nTwo.\n' },
    ]);
    const before = await documentIn(log);
    const [term] = [...before.document.state.entries.values()].flatMap(({ event }) =>
      event.type === 'TermAdded' ? [event.data.termId] : [],
    );
    const given = JSON.parse(
      JSON.stringify({ agreement: 'policy', ...input }).replace('TERM', String(term)),
    );
    const command = parseCommand(type, given);
    const outcome = await openExecutor(log).execute(command, { by: 'test', commandId: 'more' });
    expect(outcome.kind).toBe('accepted');
    const { document, known } = await documentIn(log);
    const asked = [...readingsAsked(document, known)];
    expect(asked).not.toEqual([...plainReadings(document.state, known)]);
    const { commits } = await commitsOf(log, 'policy');
    expect([...commits].map(({ file }) => file?.text)).toEqual(asked.map(({ text }) => text));
  });
});

describeWithGit('an imported document as a repository', () => {
  it('has a commit for each version, with its date and its text', async () => {
    const property = fc.asyncProperty(versions, fc.nat(6), async (all, first) => {
      await using log = await aLog();
      // Earlier ones come to light when later ones are recorded.
      await importInto(log, all.slice(0, first));
      await importInto(log, all);
      const { folder, commits } = await repositoryOf(log, 'policy');
      const seen = seenBy(folder);
      const expected = all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      expect(commits).toBe(all.length);
      expect(texts(seen)).toEqual(expected.map(({ text }) => text));
      expect(seen.map(({ times }) => times)).toEqual(
        expected.map(({ at }) => [Date.parse(at) / 1_000, Date.parse(at) / 1_000]),
      );
      // At the moment of a commit its text holds, of those of one moment that of the last.
      const last = seen.filter(({ times }, n) => seen[n + 1]?.times[0] !== times[0]);
      const questions = last.map(({ times }) =>
        question.parse({ asOf: new Date(times[0] * 1_000).toISOString() }),
      );
      expect(await asked(log, 'policy', questions)).toEqual(texts(last));
    });
    await fc.assert(property, { numRuns: 12 });
  });

  it('names each version, follows a rename, and is gone while it is withdrawn', async () => {
    await using log = await aLog();
    await importInto(log, [
      { at: '2020-01-01T00:00:00Z', path: 'a/old name.md', text: 'One.\n' },
      {
        at: '2020-01-02T00:00:00Z',
        path: 'b/ü.md',
        renamedFrom: 'a/old name.md',
        text: 'One.\nTwo.\n',
      },
      { at: '2020-01-03T00:00:00Z', path: 'b/ü.md' },
      { at: '2020-01-04T00:00:00Z', path: 'b/ü.md', text: 'One.\n' },
    ]);
    const { folder } = await repositoryOf(log, 'a.old-name');
    const seen = seenBy(folder);
    expect(
      seen.map(({ subject, trailers, file }) => [subject, trailers['Instrument-Id'], file?.[0]]),
    ).toEqual([
      ['Change 1', 'commit1', 'a/old name.md'],
      ['Change 2', 'commit2', 'b/ü.md'],
      ['Change 3', 'commit3', undefined],
      ['Change 4', 'commit4', 'b/ü.md'],
    ]);
    expect(readFileSync(join(folder, 'b', 'ü.md'), 'utf8')).toBe('One.\n');
    expect(git(folder, ['status', '--porcelain']).toString()).toBe('');
  });

  it('has dates that git can not have at the start of 1970, and keeps them in words', async () => {
    await using log = await aLog();
    await importInto(log, [
      { at: '1850-06-01', text: 'One.\n' },
      { at: '2150-06-01T00:00:00Z', text: 'Two.\n' },
    ]);
    const { folder } = await repositoryOf(log, 'policy');
    const seen = seenBy(folder);
    expect(seen.map(({ times }) => times[0])).toEqual([
      0,
      Date.parse('2150-06-01T00:00:00Z') / 1_000,
    ]);
    expect(seen.map(({ trailers }) => trailers['Announced'])).toEqual([
      '1850-06-01',
      '2150-06-01T00:00:00Z',
    ]);
    expect(texts(seen)).toEqual(['One.\n', 'Two.\n']);
    expect(git(folder, ['fsck', '--strict']).toString()).toBe('');
  });

  it('leaves out versions of which nobody knows when they were announced, and names them', async () => {
    await using log = await aLog();
    await importInto(log, [
      { at: '2020-01-01', text: 'One.\n' },
      { at: 'unknown', text: 'Two.\n' },
    ]);
    const { undated, commits } = await commitsOf(log, 'policy');
    expect(undated).toEqual(['commit2']);
    expect([...commits].map(({ file }) => file?.text)).toEqual(['One.\n']);
  });

  it.each([
    '../up.md',
    '/etc/passwd',
    '.git/config',
    'a/.GIT/x',
    '.gitattributes',
    'a//b',
    'con.md',
    'a\u200d.md',
    'a:b',
    'x ',
  ])('is not called %j', async (path) => {
    await using log = await aLog();
    const report = await importInto(log, [{ at: '2020-01-01T00:00:00Z', path, text: 'One.\n' }]);
    const id = report.documents[0]?.agreementId ?? '';
    const [commit] = (await commitsOf(log, id)).commits;
    expect(commit?.file?.path).toBe(`${id}.md`);
  });
});

const LEASE = readFileSync(
  new URL('../../docs/examples/harbour-lease.yaml', import.meta.url),
  'utf8',
);
const AGREEMENTS = new URL('../../agreements/', import.meta.url);

const recorded = async (log: EventStore, text: string): Promise<string> => {
  const { agreement = '' } = await recordFile(openExecutor(log), text, {
    fileName: 'f',
    by: 'test',
  });
  return agreement;
};

describeWithGit('another agreement as a repository', () => {
  it('has a commit for each version, at the start of its first day where the agreement lives', async () => {
    await using log = await aLog();
    const name = 'microsoft-openai.yaml';
    const agreement = await recorded(log, readFileSync(new URL(name, AGREEMENTS), 'utf8'));
    const { folder } = await repositoryOf(log, agreement);
    await using app = await createApp({
      store: log,
      now: () => Date.parse('2100-01-01T00:00:00Z'),
    });
    const { versions: expected = [] } = (await app.views.versions(agreement, {})) ?? {};
    const seen = seenBy(folder);
    expect(expected.length).toBeGreaterThan(5);
    expect(seen.map(({ trailers }) => trailers['In-Force-From'])).toEqual(
      expected.map(({ from }) => from),
    );
    const questions = expected.map(({ from }) => question.parse({ effectiveOn: from }));
    expect(texts(seen)).toEqual(await asked(log, agreement, questions));
    const local = git(folder, [
      'log',
      '--reverse',
      '--format=%ad %cd',
      '--date=format:%Y-%m-%d %H:%M',
    ]);
    expect(local.toString().trim().split('\n')).toEqual(
      expected.map(({ from }) => `${from} 00:00 ${from} 00:00`),
    );
    expect(new Set(seen.map(({ file }) => file?.[0]))).toEqual(new Set([`${agreement}.md`]));
  });

  it('says of any history what was in force on the first day of each version', async () => {
    const property = fc.asyncProperty(randomHistory, async ({ events }) => {
      await using made = await logOf(events);
      const { commits } = await commitsOf(made.store, 'deal');
      const all = [...commits];
      await using app = await createApp({
        store: made.store,
        now: () => Date.parse('2100-01-01T00:00:00Z'),
      });
      const { versions: expected = [] } = (await app.views.versions('deal', {})) ?? {};
      const questions = expected.map(({ from }) => question.parse({ effectiveOn: from }));
      expect(all.map(({ file }) => file?.text)).toEqual(await asked(made.store, 'deal', questions));
    });
    await fc.assert(property, { numRuns: 30 });
  });
});

describeWithGit('a repository', () => {
  it('has the same hashes whenever the same is written, whatever the settings around it', async () => {
    await using log = await aLog();
    const agreement = await recorded(log, LEASE);
    const [first, second] = [
      await repositoryOf(log, agreement),
      await repositoryOf(log, agreement),
    ];
    expect(second.head).toBe(first.head);
    expect(first.head).toMatch(/^[0-9a-f]{40}$/);
  });

  it('in one file can be cloned and is the same', async () => {
    await using log = await aLog();
    const agreement = await recorded(log, LEASE);
    const folder = aFolder();
    const file = join(folder, 'lease.bundle');
    const { commits } = await commitsOf(log, agreement);
    const { head } = await exportBundle(file, commits, SIGNAL);
    git(folder, ['clone', '--quiet', file, 'clone']);
    const clone = join(folder, 'clone');
    expect(git(clone, ['rev-parse', 'HEAD']).toString().trim()).toBe(head);
    const { folder: other } = await repositoryOf(log, agreement);
    expect(seenBy(clone)).toEqual(seenBy(other));
    expect(existsSync(join(clone, 'harbour-lease.md'))).toBe(true);
  });

  it('is not written into a folder that holds anything, nor over a file', async () => {
    await using log = await aLog();
    const { commits } = await commitsOf(log, await recorded(log, LEASE));
    const folder = aFolder();
    writeFileSync(join(folder, 'mine'), '');
    await expect(exportRepository(folder, commits, SIGNAL)).rejects.toThrow(
      /is not empty; name a new folder/,
    );
    await expect(exportRepository(join(folder, 'mine'), commits, SIGNAL)).rejects.toThrow(
      /is no folder .*ENOTDIR/,
    );
    expect(readdirSync(folder)).toEqual(['mine']);
  });

  it('that could not be written is not there', async () => {
    const folder = aFolder();
    const broken = function* () {
      yield { at: 0, ahead: 0, titles: ['One'], trailers: [], file: { path: 'a', text: 'x' } };
      throw new Error('no more');
    };
    await expect(exportRepository(join(folder, 'new'), broken(), SIGNAL)).rejects.toThrow(
      'no more',
    );
    mkdirSync(join(folder, 'empty'));
    await expect(exportRepository(join(folder, 'empty'), [], SIGNAL)).rejects.toThrow(
      /There is no version/,
    );
    expect(readdirSync(folder)).toEqual(['empty']);
    expect(readdirSync(join(folder, 'empty'))).toEqual([]);
  });
});
