import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { term } from '#events/terms.ts';
import { type MarkedText, markedText } from '#importers/documents/marked-text.ts';
import type { Part } from '#importers/documents/part.ts';
import { plain } from '#importers/documents/plain.ts';
import { partsOf } from './parts-of-text.ts';

/** Pieces that documents are made of, and what may come between them. */
const PIECES = [
  '# Terms of Service',
  '## 4.2 Fees',
  'Terms\n=====',
  'Article 12\n----',
  '1. ',
  '    a. ',
  '(ii) ',
  '4.2 Payment. The Customer pays within thirty days.',
  '"Services" means what the Order Form names.',
  '**Bold title**',
  'CONFIDENTIALITY',
  '第十二条 本协议自双方签字之日起生效。',
  '§ 7 Haftung',
  '```',
  '---',
  '\u0000',
  '\uFEFF',
  '\u2028',
  '😀'.repeat(200),
  'The Provider keeps the Data secret. '.repeat(20),
];
const BREAKS = ['\n', '\n\n', '\r\n', '\r\n\r\n', '\r', ' ', '\t', '', '  \n'];

const documents = fc.oneof(
  fc
    .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(...BREAKS)), { maxLength: 60 })
    .map((pieces) => pieces.flat().join('')),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
);

/** Something else in the place of some characters, wherever they stand. */
const edits = fc.array(
  fc.record({ from: fc.nat(10_000), length: fc.nat(40), text: documents, whole: fc.boolean() }),
  { maxLength: 6 },
);

const asTerm = ({ text, ...rest }: Part) => ({ ...rest, termId: 'some', prose: text });
const joined = (parts: readonly Part[]) => parts.map(({ text }) => text).join('');

const headingPieces = fc
  .array(fc.constantFrom('#', ' ', '  ', '\t', '\u2028', 'a', '1.', '\\'), { maxLength: 14 })
  .map((pieces) => `# x\n\n#${pieces.join('')}`);
/** Every way to divide a line into signs, title and signs is tried: slow, and right. */
const ANY_HEADING = /^(?:\d+\\?[.)]\s+)?(#{1,6})(?:\s+(.*?))?(?:\s+#+)?$/;

const shown = (text: string) =>
  partsOf(text).map(({ kind, number, heading }) =>
    [kind, number, heading].filter(Boolean).join(' | '),
  );

describe('the lines of a document', () => {
  test('are the same whatever was read before it', () => {
    fc.assert(
      fc.property(documents, edits, (first, changes) => {
        let before: MarkedText = markedText(first);
        for (const { from, length, text, whole } of changes) {
          const at = from % (before.text.length + 1);
          const behind = whole ? '' : before.text.slice(at + length);
          const next = before.text.slice(0, at) + text.slice(0, 200) + behind;
          const marked = markedText(next, before);
          expect(marked).toEqual(markedText(next));
          before = marked;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the parts of a document', () => {
  test('joined are the document to the character, and each can be a term', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const parts = partsOf(text);
        expect(joined(parts)).toBe(text);
        for (const part of parts) {
          expect(term.safeParse(asTerm(part)).error).toBeUndefined();
          expect(part.text === '').toBe(text === '');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('an empty document has one part without text', () => {
    expect(partsOf('')).toEqual([{ kind: 'PREAMBLE', text: '' }]);
  });

  test('a text longer than a term can be is divided, no character cut in two', () => {
    const text = `x${'😀'.repeat(2_500_000)}`;
    const parts = partsOf(text);
    expect(joined(parts)).toBe(text);
    for (const part of parts) expect(term.safeParse(asTerm(part)).error).toBeUndefined();
  });

  test('a title of Markdown is what stands between its signs', () => {
    fc.assert(
      fc.property(headingPieces, (text) => {
        const line = text.slice(5).trimEnd();
        const [, signs, title = ''] = ANY_HEADING.exec(line) ?? [];
        const [, own] = markedText(text).marks;
        expect(own?.level).toBe(signs?.length);
        if (own?.number === undefined && signs !== undefined) {
          expect(own?.heading ?? '').toBe(plain(title));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  // Tried in every way each line takes 13 ms, and all of them more than a test may.
  test('are found among lines of blanks that are nearly titles', () => {
    const line = `# ${' '.repeat(190)}x${' '.repeat(190)}\u2028y\n\n`;
    expect(joined(partsOf(line.repeat(8_000)))).toBe(line.repeat(8_000));
  });

  test('are no more than an instrument can remove and add again', () => {
    const text = '# A\n'.repeat(30_000);
    const parts = partsOf(text);
    expect(joined(parts)).toBe(text);
    expect(parts.length).toBeLessThan(5_000);
    expect(parts.length).toBeGreaterThan(2_500);
  });

  test.each([
    [
      'headings of Markdown, the first above all others a title',
      '---\na: # b\n---\n\n# Terms\n\nHello.\n\n## 1. Fees\n\n## Liability ##\nText\n',
      ['PREAMBLE', 'SECTION | Terms', 'SECTION | 1 | Fees', 'SECTION | Liability'],
    ],
    [
      'underlined headings and links in them',
      'Terms\n=====\n\n[A. Users](#a)\n------\n\nText\n',
      ['PREAMBLE | Terms', 'SECTION | A | Users'],
    ],
    [
      'numbered clauses with titles',
      '4.1 Term. The term is one year.\n\n4.2 **Renewal.** It renews.\n\n5.1 <b>End</b>. It ends.\n',
      ['CLAUSE | 4.1 | Term', 'CLAUSE | 4.2 | Renewal', 'CLAUSE | 5.1 | End'],
    ],
    [
      'French statutes',
      'Chapitre Ier : Des droits\n\nArticle 12\n\nToute personne.\n\nArticle L. 123-4 bis\n\nLa loi.\n',
      [
        'CHAPTER | Chapitre Ier | Des droits',
        'ARTICLE | Article 12',
        'ARTICLE | Article L. 123-4 bis',
      ],
    ],
    [
      'Chinese, Japanese and Korean statutes',
      '第一章 总则\n\n第一条 甲方。\n第二条　乙方。\n제3조 계약\n',
      ['CHAPTER | 第一章 | 总则', 'ARTICLE | 第一条', 'ARTICLE | 第二条', 'ARTICLE | 제3조 | 계약'],
    ],
    [
      'German paragraphs and plain headings in capitals',
      'VERTRAG\n\n§ 1 Gegenstand\n\nText.\n\n§ 2 Entgelt\n\nText.\n',
      ['PREAMBLE | VERTRAG', 'SECTION | § 1 | Gegenstand', 'SECTION | § 2 | Entgelt'],
    ],
    [
      'defined terms',
      '# Terms\n\n## Definitions\n\n"Services" means all.\n\n**"Data"** has the meaning below.\n\n“Quoted” at will.\n',
      ['PREAMBLE | Terms', 'SECTION | Definitions', 'DEFINITION | Services', 'DEFINITION | Data'],
    ],
    [
      'no sentence that happens to begin with a number',
      'The rate of\n4.2 per cent applies.\n\nArticle 12 of the Regulation provides for more, and much of it.\n',
      ['PREAMBLE'],
    ],
    [
      'nothing inside code',
      '# A\n\n```\n# no heading\n```\n\n## B\n',
      ['PREAMBLE | A', 'SECTION | B'],
    ],
    [
      'no short enumeration inside a clause',
      '2. Scope\n\nWe collect\n\n(a) names;\n(b) numbers;\n(c) dates.\n\n3. Term\n\nOne year.\n',
      ['SECTION | 2 | Scope', 'SECTION | 3 | Term'],
    ],
  ])('follow %s', (_, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  test('are items of a list where these are as long as clauses', () => {
    const item = 'The Customer keeps the Confidential Information of the Provider secret. '.repeat(
      3,
    );
    expect(shown(`## Duties\n\n(a) ${item}\n\n(b) ${item}\n`)).toEqual([
      'SECTION | Duties',
      'LIST_ITEM | (a)',
      'LIST_ITEM | (b)',
    ]);
  });

  test('are paragraphs where a long text has no structure', () => {
    const paragraph = 'The parties agree on what they have always agreed on. '.repeat(10);
    const text = `${`${paragraph}\n\n`.repeat(8)}Such as:\n\n* one\n* two\n`;
    expect(partsOf(text)).toHaveLength(9);
  });
});
