import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import type { CopyAnswer } from '#app/app.ts';
import { historyOf } from '#projections/history.ts';
import { conformedCopyOf } from '#render/conform.ts';
import { NO_LEGAL_EFFECT } from '#render/conformed-copy.ts';
import { visible } from '#render/html-text.ts';
import { randomHistory } from '../oracle/random-history.ts';
import { change, term } from '../projections/diff/states.ts';
import { aHistory, DEAL, on, paper, told } from '../projections/record.ts';
import { copyFile, copyOf, copyText, hostileCopy } from './copies.ts';
import { find as findXml, partsOf, textOf as textInFile } from './docx.ts';
import { attribute, classed, find, named, textOf } from './html.ts';

const RENT = 'The rent is 100 EUR a day, due in advance. It is paid by transfer.';
const LEASE = paper(
  '2024-01-01',
  'lease',
  { executedAt: '2023-12-18', effectiveFrom: '2024-01-01' },
  [
    'TermAdded',
    'rent',
    {
      termId: 'rent',
      kind: 'PRICE',
      number: '4.1',
      heading: 'Rent',
      prose: RENT,
      facts: { days: { text: '30' } },
    },
  ],
);
const amended = (id: string, day: string, prose: string, more: object = {}) =>
  paper(day, id, { executedAt: day, sources: [{ title: 'Signed copy', grade: 'DOCUMENT_TEXT' }] }, [
    'TermAmended',
    'rent',
    { termId: 'rent', values: { prose }, ...more },
  ]);
const FIRST = amended('first', '2024-06-01', RENT.replace('100', '120'));

const proseOf = ({ state }: CopyAnswer): string =>
  state.terms.flatMap(({ value }) => value.prose ?? []).join('\n');
const lines = (text: string): string => visible(text).replace(/\r\n?/g, '\n');
const bare = (text: string): string => text.replace(/\s/gu, '');

const inHtml = (answer: CopyAnswer): string =>
  find(parse(copyText('html', answer)), classed('prose'))
    .map((prose) => textOf(prose, ['sup']))
    .join('\n');
const inFile = (answer: CopyAnswer): string => textInFile(copyFile(answer), 'Prose', 'accepted');

const markdown = new MarkdownIt({ html: true });
/** The paragraphs of the terms, without the ids beneath titles, remarks, and marks. */
const inMarkdown = (answer: CopyAnswer): string => {
  const [, terms = ''] = copyText('markdown', answer).split(/^## Terms$/m);
  const source = (terms.split(/^(?:## |---$)/m)[0] ?? '').replace(/\[\^\d+\]/g, '');
  const page = find(parse(markdown.render(source)), named('p'));
  return page.map((paragraph) => textOf(paragraph, ['em', 'strong'])).join('');
};

const randomCopies = randomHistory.map(({ events, questions }) => {
  const history = historyOf(DEAL, events);
  return questions.map((at) => copyOf(history, at));
});

/** The notes behind each passage of the only term, by the titles of the papers that they name. */
const notesOf = (answer: CopyAnswer): readonly (readonly [string, string])[] => {
  const { terms, footnotes } = conformedCopyOf(answer);
  const title = (n: number): string => /“(.*?)”/.exec(footnotes[n - 1]?.text ?? '')?.[1] ?? '?';
  return (terms[0]?.prose ?? []).flatMap(({ text, notes }) =>
    notes.map((n) => [text, title(n)] as const),
  );
};

describe('a conformed copy', () => {
  it('holds the prose of every term, whatever its history', () => {
    let words = 0;
    fc.assert(
      fc.property(randomCopies, (answers) => {
        for (const answer of answers) {
          const wanted = proseOf(answer);
          words += wanted.length;
          expect(inHtml(answer)).toBe(lines(wanted));
          expect(bare(inFile(answer))).toBe(bare(visible(wanted)));
          expect(bare(inMarkdown(answer))).toBe(bare(visible(wanted)));
        }
      }),
      { numRuns: 60 },
    );
    expect(words).toBeGreaterThan(100);
  });

  it('holds hostile prose to the character, and stays well formed', () => {
    fc.assert(
      fc.property(hostileCopy, (answer) => {
        const wanted = lines(proseOf(answer));
        expect(inHtml(answer)).toBe(wanted);
        expect(inFile(answer)).toBe(wanted);
        expect(bare(inMarkdown(answer))).toBe(bare(wanted));
        const errors: string[] = [];
        const page = parse(copyText('html', answer), {
          onParseError: ({ code }) => errors.push(code),
        });
        expect(errors).toEqual([]);
        expect(find(page, named('script'))).toEqual([]);
      }),
    );
  });

  it('has a footnote at what an amendment changed, and none at what it left', () => {
    const answer = copyOf(aHistory(LEASE, FIRST), on('2024-07-01'));
    expect(notesOf(answer)).toEqual([['120', 'Paper first']]);
    const { terms, footnotes } = conformedCopyOf(answer);
    expect(terms[0]).toMatchObject({ title: '4.1 Rent', notes: [1] });
    expect(footnotes).toEqual([
      expect.objectContaining({
        text: 'Added by “Paper lease”, executed 2023-12-18; in effect from 2024-01-01; evidence INFERRED.',
      }),
      {
        text: 'Amended by “Paper first”, executed 2024-06-01; in effect from 2024-06-01; evidence DOCUMENT_TEXT.',
        sources: [{ title: 'Signed copy', grade: 'DOCUMENT_TEXT' }],
      },
    ]);
  });

  it('takes a few older words between two new ones for one passage, and more of them not', () => {
    const near = RENT.replace('100 EUR a day', '120 USD a week');
    expect(
      notesOf(copyOf(aHistory(LEASE, amended('near', '2024-06-01', near)), on('2024-07-01'))),
    ).toEqual([['week', 'Paper near']]);
    const far = RENT.replace('100', '120').replace('transfer', 'cheque');
    expect(
      notesOf(copyOf(aHistory(LEASE, amended('far', '2024-06-01', far)), on('2024-07-01'))),
    ).toEqual([
      ['120', 'Paper far'],
      ['cheque', 'Paper far'],
    ]);
  });

  it('takes a few words that an earlier text has left inside of a later one for part of that', () => {
    const first = amended('first', '2024-06-01', RENT.replace('EUR', 'USD'));
    const second = amended('second', '2024-07-01', RENT.replace('100 EUR a day', '130 USD weekly'));
    const inside = copyOf(aHistory(LEASE, first, second), on('2024-08-01'));
    expect(notesOf(inside)).toEqual([['weekly', 'Paper second']]);
    const { terms, footnotes } = conformedCopyOf(inside);
    const titles = terms[0]?.notes.map((n) => footnotes[n - 1]?.text ?? '');
    expect(titles?.map((text) => /“(.*?)”/.exec(text)?.[1])).toEqual([
      'Paper lease',
      'Paper first',
    ]);
    const replaced = paper('2024-06-01', 'new', { executedAt: '2024-06-01' }, [
      'TermsReplaced',
      'fee',
      { from: ['rent'], to: [{ termId: 'fee', kind: 'PRICE', prose: 'A fee is due.' }] },
    ]);
    const answer = copyOf(aHistory(LEASE, replaced), on('2024-07-01'));
    const passages = [
      { text: 'A', changeId: change('lease/rent') },
      { text: ' fee is due.', changeId: change('new/fee') },
    ];
    const { termId, fields = {} } = answer.blame[0] ?? { termId: term('fee') };
    const chance = { ...answer, blame: [{ termId, passages, fields }] };
    expect(notesOf(chance)).toEqual([]);
  });

  it('names at the title what only took words away', () => {
    const cut = amended('cut', '2024-06-01', RENT.replace(' It is paid by transfer.', ''));
    const answer = copyOf(aHistory(LEASE, cut), on('2024-07-01'));
    expect(notesOf(answer)).toEqual([]);
    const { terms, footnotes } = conformedCopyOf(answer);
    expect(terms[0]?.notes).toEqual([1, 2]);
    expect(footnotes[1]?.text).toContain('Amended by “Paper cut”');
  });

  it('says of a change that our record of it was corrected', () => {
    const corrected = told('2025-01-01', 'RecordCorrected', {
      target: 'e5',
      reason: 'misread',
      data: {
        ...{ changeId: 'first/rent', instrumentId: 'first', termId: 'rent' },
        values: { prose: RENT.replace('100', '130') },
      },
    });
    const { footnotes } = conformedCopyOf(
      copyOf(aHistory(LEASE, FIRST, corrected), on('2024-07-01')),
    );
    expect(footnotes.map(({ text }) => text.includes('our record of it was corrected'))).toEqual([
      false,
      true,
    ]);
  });

  it('shows E8, the waiver, with the text beneath', () => {
    const waiver = paper('2024-04-01', 'waiver', { executedAt: '2024-04-01' }, [
      'OverlayApplied',
      'w',
      {
        overlayId: 'w',
        kind: 'WAIVER',
        terms: ['rent'],
        effectiveUntil: '2024-10-01',
        text: 'Not this summer.',
      },
    ]);
    const history = aHistory(LEASE, waiver, FIRST);
    const shown = (day: string) => {
      const { terms, footnotes } = conformedCopyOf(copyOf(history, on(day)));
      const [term] = terms;
      return {
        applies: term?.applies,
        prose: term?.prose.map(({ text }) => text).join(''),
        remarks: term?.remarks.flatMap(({ text, notes, texts }) => [
          text,
          ...texts,
          ...notes.map((n) => footnotes[n - 1]?.text ?? ''),
        ]),
      };
    };
    const waived = [
      'Does not apply on this day. What it says stands beneath.',
      'Waived until 2024-10-01, the first day without it (w)',
      'Not this summer.',
      'Overlaid by “Paper waiver”, executed 2024-04-01; in effect from 2024-04-01 until 2024-10-01, the first day without it; evidence INFERRED.',
    ];
    expect(shown('2024-03-31')).toEqual({ applies: true, prose: RENT, remarks: [] });
    expect(shown('2024-05-15')).toEqual({ applies: false, prose: RENT, remarks: waived });
    const after = RENT.replace('100', '120');
    expect(shown('2024-07-15')).toEqual({ applies: false, prose: after, remarks: waived });
    expect(shown('2024-10-01')).toEqual({ applies: true, prose: after, remarks: [] });
  });

  it('lists apart what is agreed and not in force, and leaves out what was agreed later', () => {
    const planned = amended('planned', '2024-03-01', RENT.replace('100', '110'), {
      effectiveFrom: '2025-01-01',
    });
    const waits = amended('waits', '2024-03-02', RENT.replace('100', '90'), {
      effectiveFrom: { onConditions: [{ conditionId: 'approval', description: 'Port authority' }] },
    });
    const history = aHistory(LEASE, planned, waits, FIRST);
    const copy = conformedCopyOf(copyOf(history, on('2024-04-01')));
    expect(copy.lists).toMatchObject([
      {
        heading: 'Agreed, but not in force on this day',
        items: [
          {
            text: 'Amended: rent, from 2025-01-01 (SCHEDULED)',
            texts: [RENT.replace('100', '110')],
          },
          {
            text: 'Amended: rent, once these are met: Port authority (PROSPECTIVE, waits for approval)',
            texts: [RENT.replace('100', '90')],
          },
        ],
      },
    ]);
    expect(copy.warnings).toEqual([
      'One change that was agreed after this day is on record and left out.',
    ]);
  });

  it('says why there is nothing to read', () => {
    const coverage = told('2024-01-01', 'CoverageStated', {
      from: '2024-01-01',
      observedThrough: '2024-12-31',
    });
    const history = aHistory(LEASE, coverage);
    const before = conformedCopyOf(copyOf(history, on('2023-06-01')));
    expect(before).toMatchObject({ standing: 'Nothing to read (BEFORE_COVERAGE).', terms: [] });
    expect(before.warnings[0]).toContain('our observation begins on 2024-01-01');
    const unknown = conformedCopyOf(copyOf(history, on('2024-06-01', { knownAt: '2019-12-31' })));
    expect(unknown).toMatchObject({ standing: 'Nothing to read (NOT_RECORDED).', terms: [] });
  });

  it('marks what is uncertain, and what has ended', () => {
    const history = aHistory(
      LEASE,
      paper('2024-03-01', 'vague', { executedAt: '2024-03-01' }, [
        'TermRemoved',
        'rent',
        { termId: 'rent', effectiveFrom: '2024-33' },
      ]),
    );
    const during = conformedCopyOf(copyOf(history, on('2024-02-10')));
    expect(during.terms[0]?.remarks[0]?.text).toMatch(/^Uncertain: /);
    expect(during.lists).toMatchObject([
      { heading: 'Uncertain on this day', items: [{ text: 'May have started: rent' }] },
    ]);
    const after = conformedCopyOf(copyOf(history, on('2024-04-01')));
    expect(after.lists).toMatchObject([
      { heading: 'No longer in force', items: [{ text: 'rent: REMOVED' }] },
    ]);
  });

  it('says in every format that it has no legal effect, and at which point it was made', () => {
    const answer = copyOf(aHistory(LEASE, FIRST), on('2024-07-01'));
    const file = [...partsOf(copyFile(answer)).values()].map((part) => part.textContent).join(' ');
    for (const text of [copyText('html', answer), copyText('markdown', answer), file]) {
      expect(text).toContain(NO_LEGAL_EFFECT);
      expect(text).toContain(answer.basis.digest);
      expect(text).toContain(`log position ${answer.basis.position}`);
    }
  });
});

describe('the footnotes of a conformed copy', () => {
  it('lead in HTML from each mark to its note and from the note back to each mark', () => {
    fc.assert(
      fc.property(hostileCopy, (answer) => {
        const page = parse(copyText('html', answer));
        const all = find(page, () => true);
        const ids = all.flatMap((node) => attribute(node, 'id') ?? []);
        expect(new Set(ids).size).toBe(ids.length);
        const links = (role: string) => all.filter((node) => attribute(node, 'role') === role);
        const [there, back] = [links('doc-noteref'), links('doc-backlink')];
        expect(back.map((node) => attribute(node, 'href'))).toEqual(
          expect.arrayContaining(there.map((node) => `#${attribute(node, 'id')}`)),
        );
        expect(back.length).toBe(there.length);
        for (const link of [...there, ...back]) {
          expect(ids).toContain(attribute(link, 'href')?.slice(1));
        }
      }),
    );
  });

  it('are in Markdown and in a file as many as there are notes, each referred to', () => {
    fc.assert(
      fc.property(hostileCopy, (answer) => {
        const { footnotes } = conformedCopyOf(answer);
        const numbers = footnotes.map((_, i) => String(i + 1));
        const text = copyText('markdown', answer);
        const set = Array.from(text.matchAll(/^\[\^(\d+)\]: /gm), ([, n]) => n);
        expect(set).toEqual(numbers);
        const marks = Array.from(text.matchAll(/\[\^(\d+)\](?!: )/g), ([, n]) => n);
        expect([...new Set(marks)]).toEqual(numbers);
        const parts = partsOf(copyFile(answer));
        const ids = (part: string, name: string) =>
          findXml(parts.get(`word/${part}.xml`), name).map((one) => one.getAttribute('w:id'));
        expect(ids('footnotes', 'w:footnote').slice(2)).toEqual(numbers);
        expect(ids('document', 'w:footnoteReference')).toEqual(numbers);
      }),
    );
  });
});
