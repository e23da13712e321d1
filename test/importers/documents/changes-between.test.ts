import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '#events/days.ts';
import { type ChangeInput, changeInput } from '#events/verbs.ts';
import { changesBetween } from '#importers/documents/changes-between.ts';
import type { TermPart } from '#importers/documents/part.ts';
import { carriedOn, NOTHING, type Standing } from '#importers/documents/standing.ts';
import { openTestApp } from '../../app/open-test-app.ts';
import { versionsOfADocument } from './documents.ts';
import { partsOf } from './parts-of-text.ts';

const textOf = (parts: readonly TermPart[]) => parts.map(({ text }) => text).join('');

const partsOfVersion = (text: string | undefined) => (text === undefined ? [] : partsOf(text));

/** The changes of each version in turn. */
const importAll = (versions: readonly (string | undefined)[]) => {
  let standing: Standing = NOTHING;
  return versions.map((text) => {
    const next = changesBetween(standing, partsOfVersion(text));
    standing = next.standing;
    return next;
  });
};

const verbs = (changes: readonly ChangeInput[]) => changes.flatMap((change) => Object.keys(change));
const ids = ({ parts }: Standing) => parts.map(({ termId }) => termId);

/** Records versions in an agreement, each on its day, and asks for them again. */
const recordedAndAsked = async (
  versions: readonly (string | undefined)[],
  days: readonly string[],
) => {
  await using log = await openTestApp();
  const parties = [{ partyId: 'acme', name: 'Acme' }];
  const agreement = { agreement: 'terms', title: 'Terms', timeZone: 'UTC', parties };
  await log.record('RecordAgreement', agreement);
  const ask = async (effectiveOn: string, position?: number) => {
    const at = { effectiveOn: day.parse(effectiveOn), ...(position !== undefined && { position }) };
    const answer = await log.app.views.stateAt('terms', at);
    const terms = answer?.state.terms ?? [];
    const text = terms.map(({ value }) => value.prose ?? '').join('');
    return { position: answer?.basis.position, text: terms.length === 0 ? undefined : text };
  };
  const positions: (number | undefined)[] = [];
  for (const [index, { changes }] of importAll(versions).entries()) {
    const announcedAt = days[index] ?? '';
    const instrument = { id: `v${index}`, kind: 'DOCUMENT_VERSION', title: 'Terms', announcedAt };
    await log.record('RecordInstrument', { agreement: 'terms', instrument, changes });
    positions.push((await ask(announcedAt)).position);
  }
  const then = await Promise.all(
    days.map(async (day, index) => (await ask(day, positions[index])).text),
  );
  const now = await Promise.all(days.map(async (day) => (await ask(day)).text));
  return { then, now };
};

const dayOf = (days: number): string =>
  new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10);

describe('the changes between the versions of a document', () => {
  test('give every version back to the character, on its day, when recorded', async () => {
    const gaps = fc.array(fc.constantFrom(0, 0, 1, 3), { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(versionsOfADocument(11), gaps, async (versions, steps) => {
        const days = versions.map((_, index) =>
          dayOf(steps.slice(0, index).reduce<number>((sum, step) => sum + step, 0)),
        );
        const { then, now } = await recordedAndAsked(versions, days);
        expect(then).toEqual(versions);
        const last = days.map((one) => versions[days.lastIndexOf(one)]);
        expect(now).toEqual(last);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('can be recorded, and carry the document on as it was taken on', () => {
    fc.assert(
      fc.property(versionsOfADocument(20), (versions) => {
        let again: Standing = NOTHING;
        for (const [index, { changes, standing }] of importAll(versions).entries()) {
          for (const change of changes) expect(changeInput.safeParse(change).error).toBeUndefined();
          expect(textOf(standing.parts)).toBe(versions[index] ?? '');
          expect(standing.parts.length === 0).toBe(versions[index] === undefined);
          again = carriedOn(again, JSON.parse(JSON.stringify(changes)));
          expect(again).toEqual(standing);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('are none where nothing changed', () => {
    fc.assert(
      fc.property(versionsOfADocument(3), (versions) => {
        const standing = importAll(versions).at(-1)?.standing ?? NOTHING;
        const again = changesBetween(standing, partsOfVersion(versions.at(-1)));
        expect(again.changes).toEqual([]);
      }),
    );
  });

  const section = (
    name: string,
    text = `Whatever concerns ${name.repeat(2)}, ${name.repeat(3)}.`,
  ) => `## ${name}\n\n${text}\n\n`;
  const [fees, term, law, data] = ['Fees', 'Term', 'Governing law', 'Data'].map((one) =>
    section(one),
  );

  test.each([
    [
      'a new term at the end says nothing else',
      [`# T\n\n${fees}`, `# T\n\n${fees}${term}`],
      ['addTerm'],
    ],
    [
      'a new term between two says only where it stands',
      [`# T\n\n${fees}${term}`, `# T\n\n${fees}${law}${term}`],
      ['addTerm'],
    ],
    [
      'a moved term is amended alone',
      [`# T\n\n${fees}${term}${law}${data}`, `# T\n\n${data}${fees}${term}${law}`],
      ['amendTerm'],
    ],
    ['a removed term is removed', [`# T\n\n${fees}${term}`, `# T\n\n${term}`], ['removeTerm']],
    [
      'a term before all others moves these behind it',
      [`${fees}${term}`, `${law}${fees}${term}`],
      ['addTerm', 'amendTerm', 'amendTerm'],
    ],
    [
      'once',
      [`${fees}${term}`, `${law}${fees}${term}`, `${data}${law}${fees}${term}`],
      ['addTerm', 'amendTerm'],
    ],
    [
      'a term takes the place of the first one',
      [`${fees}${term}`, `${law}${term}`],
      ['removeTerm', 'addTerm'],
    ],
    [
      'a term takes the place of one among others that came in later',
      [`# T\n\n${fees}`, `# T\n\n${law}${term}${fees}`, `# T\n\n${data}${term}${fees}`],
      ['removeTerm', 'addTerm'],
    ],
    [
      'a withdrawn document loses its terms',
      [`${fees}${term}`, undefined],
      ['removeTerm', 'removeTerm'],
    ],
    ['an empty document has a term without text', [''], ['addTerm']],
  ])('are few: %s', (_, versions, expected) => {
    expect(verbs(importAll(versions).at(-1)?.changes ?? [])).toEqual(expected);
  });

  test('keep the id of a term through rewording, renumbering, moving, withdrawal and return', () => {
    const clause = (number: string, words: string) =>
      `${number} Fees. The Customer pays ${words}.\n\n`;
    const versions = importAll([
      `# T\n\n${clause('4.1', 'the fees of the order in thirty days')}${law}`,
      `# T\n\n${law}${clause('5.1', 'all fees of the order in ninety days')}`,
      undefined,
      `# T\n\n${clause('6.1', 'all fees of the order in sixty days')}`,
      `# T\n\n${clause('6.1', 'all fees of the order in sixty days')}${law}`,
    ]);
    expect(versions.map(({ standing }) => ids(standing))).toEqual([
      ['t', 'fees', 'governing-law'],
      ['t', 'governing-law', 'fees'],
      [],
      ['t', 'fees'],
      ['t', 'fees', 'governing-law'],
    ]);
  });

  test('give each of several equal texts back to its term, as often as two wordings take turns', () => {
    const policy = (n: number) => `## Policy ${n}\n\nWhat policy ${n} says about matter ${n}.\n\n`;
    const more = '### More\n\nSee the page on enforcement.\n\n';
    const one = Array.from({ length: 5 }, (_, n) => policy(n) + more).join('');
    const other = '## 规则\n\n本页面说明规则。\n\n';
    const [first, , third, , fifth] = importAll([one, other, one, other, one]).map(({ standing }) =>
      ids(standing),
    );
    expect(new Set(first).size).toBe(10);
    expect(third).toEqual(first);
    expect(fifth).toEqual(first);
  });

  test('give a term back to its own words before another takes it for its heading', () => {
    const notice = (words: string) => `## Notice\n\n${words}\n\n`;
    const letters = notice('Letters go to the address in the order form by registered post.');
    const calls = notice('Nobody calls at night, on Sundays or during the harvest festival.');
    const fresh = notice('Electronic mail counts as soon as a server has taken it.');
    const [first, , third] = importAll([
      `# T\n\n${letters}${calls}`,
      '# T\n\n',
      `# T\n\n${fresh}${letters}`,
    ]).map(({ standing }) => standing.parts);
    const idOf = (parts: readonly TermPart[] | undefined, text: string) =>
      parts?.find((part) => part.text === text)?.termId;
    expect(idOf(first, letters)).toBe('notice');
    expect(idOf(third, letters)).toBe('notice');
  });

  test('name splits and mergers', () => {
    const one = 'The Provider keeps the Data of the Customer secret and safe. ';
    const two = 'Nobody may lease, lend or sell what the Services bring about. ';
    const [split, merged] = importAll([
      `# T\n\n## Duties\n\n${one}${two}\n\n`,
      `# T\n\n## Secrecy\n\n${one}\n\n## Lending\n\n${two}\n\n`,
      `# T\n\n## Use\n\n${one}${two}\n\n`,
    ]).slice(1);
    expect(split?.changes).toMatchObject([
      { replaceTerms: { from: ['duties'], to: [{ termId: 'secrecy' }, { termId: 'lending' }] } },
    ]);
    expect(merged?.changes).toMatchObject([
      { replaceTerms: { from: ['secrecy', 'lending'], to: [{ termId: 'use' }] } },
    ]);
  });

  test('give ids that say what a term is about, each once', () => {
    const text = [
      '# Conditions Générales\n',
      '## 1. Définitions & Scope\n',
      `(a) ${'The Customer keeps the secret of the Provider. '.repeat(5)}`,
      `(b) ${'The Provider keeps the secret of the Customer. '.repeat(5)}\n`,
      '## 2. Définitions & Scope\n',
      'Article 12\n\nText.\n',
      '第三条 保密\n',
    ].join('\n');
    const [{ standing } = { standing: NOTHING }] = importAll([text]);
    expect(ids(standing)).toEqual([
      'conditions-generales',
      'definitions-scope',
      'definitions-scope.a',
      'definitions-scope.b',
      'definitions-scope-2',
      'article-12',
      'article',
    ]);
    const named = changesBetween(NOTHING, partsOf('# A\n\n## B\n'), {
      prefix: 'privacy.',
      isTaken: (termId) => termId === 'privacy.b',
    });
    expect(ids(named.standing)).toEqual(['privacy.a', 'privacy.b-2']);
  });
});
