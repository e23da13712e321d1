import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DiffAnswer } from '#app/app.ts';
import { printRedline } from '#render/print-redline.ts';
import { inForce, withTerms } from '../projections/diff/states.ts';
import { aHistory, on, paper } from '../projections/record.ts';
import { copyFile, copyOf } from './copies.ts';
import { find, linesOf, partsOf, revisionsOf, type Settled } from './docx.ts';
import { openOffice } from './office.ts';
import { isMissing, PROGRAMS } from './programs.ts';
import { answerOf, hostileText, moved, reworded } from './redlines.ts';

const file = (answer: DiffAnswer): Uint8Array => {
  const printed = printRedline('docx', { answer, causes: new Map() });
  if (typeof printed === 'string') throw new Error('docx is a file');
  return printed;
};

/** As LibreOffice writes plain text: a mark at its beginning, a line for each paragraph. */
const written = (text: Buffer): string =>
  text
    .toString()
    .replace(/^\uFEFF/, '')
    .replace(/\r\n/g, '\n')
    .trimEnd();

const bare = (text: string): string => text.replace(/\s/gu, '');

const clauses = (texts: readonly string[]) =>
  withTerms(
    texts.map((prose, i) => inForce(`clause${i}`, { prose, facts: { says: { text: prose } } })),
  );

/** An agreement of many clauses, all of them reworded. */
const hostileRedline = (): Uint8Array => {
  const [before, after] = [fc.sample(hostileText, 60), fc.sample(hostileText, 60)];
  return file(answerOf(clauses(before), clauses(after)));
};

const WAYS: readonly (readonly ['Accept' | 'Reject', Settled])[] = [
  ['Accept', 'accepted'],
  ['Reject', 'rejected'],
];

/** The texts of a kind of revision, whatever pieces they are in. */
const textsBy = (docx: Uint8Array) =>
  Map.groupBy(revisionsOf(docx), ({ op, author, date }) => `${op} ${author} ${date}`)
    .entries()
    .map(([kind, all]) => [kind, all.map(({ text }) => text).join('')])
    .toArray()
    .toSorted();

describe.skipIf(isMissing('LibreOffice'))('in LibreOffice', { timeout: 180_000 }, () => {
  let office: Awaited<ReturnType<typeof openOffice>>;
  beforeAll(async () => {
    office = await openOffice(PROGRAMS.LibreOffice ?? '');
  }, 180_000);
  afterAll(() => office.close());

  it.each(WAYS)(
    '%sing all changes of a hostile redline leaves what is %s',
    async (changes, how) => {
      const docx = hostileRedline();
      const text = written(await office.convert(docx, { changes, as: 'txt' }));
      // Where a whole paragraph is rewritten, LibreOffice 7.4 now and then keeps or drops its end.
      expect(bare(text)).toBe(bare(linesOf(docx, how).join('\n')));
    },
  );

  it('shows every insertion, deletion and move with its author and date', async () => {
    const docx = file(moved());
    const again = await office.convert(docx, { as: 'docx' });
    expect(textsBy(again)).toEqual(textsBy(docx));
    expect(textsBy(again).map(([kind]) => kind)).toEqual([
      'moveFrom Codicil 2025-02-01T00:00:00Z',
      'moveTo Codicil 2025-02-01T00:00:00Z',
    ]);
    const [first, ...others] = [
      'The tenant pays the rent on the first day of each month.',
      'The landlord keeps the roof in repair at its own cost.',
      'Notices are sent by registered mail to the address above.',
    ];
    const turned = [...others, first].join('\n\n');
    const paragraphs = file(reworded([first, ...others].join('\n\n'), turned));
    expect(textsBy(paragraphs).map(([, text]) => text)).toEqual([first, first]);
    expect(textsBy(await office.convert(paragraphs, { as: 'docx' }))).toEqual(textsBy(paragraphs));
    const accepted = await office.convert(paragraphs, { changes: 'Accept', as: 'txt' });
    expect(written(accepted)).toContain(turned);
    const words = file(answerOf(clauses(['a b c']), clauses(['a d c'])));
    expect(textsBy(await office.convert(words, { as: 'docx' }))).toEqual(textsBy(words));
  });

  it('opens a term of a megabyte', async () => {
    const long = `${'The lessee <shall> pay. '.repeat(20)}\n`.repeat(2_200);
    const alone = (prose: string) => withTerms([inForce('clause', { prose })]);
    const docx = file(answerOf(alone(long), alone(`${long}Twice.`)));
    const text = written(await office.convert(docx, { as: 'txt' }));
    expect(text).toContain(`${long}Twice.`);
  });

  it('has the footnotes of a conformed copy where they belong', async () => {
    const rent = (prose: string) => ({ termId: 'rent', kind: 'PRICE', prose });
    const history = aHistory(
      paper('2024-01-01', 'lease', { executedAt: '2024-01-01' }, [
        'TermAdded',
        'rent',
        rent('It is 100 a day.'),
      ]),
      paper('2024-06-01', 'first', { executedAt: '2024-06-01' }, [
        'TermAmended',
        'rent',
        { termId: 'rent', values: { prose: 'It is 120 a week.' } },
      ]),
    );
    const docx = copyFile(copyOf(history, on('2024-07-01')));
    const again = partsOf(await office.convert(docx, { as: 'docx' }));
    const notes = find(again.get('word/footnotes.xml'), 'w:footnote').map((one) => one.textContent);
    expect(notes.filter((text) => text?.includes('Paper'))).toEqual([
      expect.stringContaining('Added by “Paper lease”'),
      expect.stringContaining('Amended by “Paper first”'),
    ]);
    const text = written(await office.convert(docx, { as: 'txt' }));
    expect(text).toContain('\nIt is 120 a week2.\n');
  });
});
