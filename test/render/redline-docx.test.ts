import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiffAnswer } from '#app/app.ts';
import type { ChangeId } from '#events/values.ts';
import type { ChangeView } from '#projections/change-view.ts';
import { visible } from '#render/html-text.ts';
import { printRedline } from '#render/print-redline.ts';
import { twoStates } from '../projections/diff/random-states.ts';
import { find, partsOf, revisionsOf, textOf } from './docx.ts';
import { answerOf, hostileText, moved, reworded } from './redlines.ts';

const NO_CAUSES = new Map();
const docx = (answer: DiffAnswer, causes = NO_CAUSES): Uint8Array => {
  const bytes = printRedline('docx', { answer, causes });
  if (typeof bytes === 'string') throw new Error('not a file');
  return bytes;
};
const inXml = (text: string): string => visible(text).replace(/\r\n?/g, '\n');

/** What a paper is said to be, as far as a redline looks. */
const paper = (title: string, executedAt?: string): ChangeView =>
  ({
    changeId: title,
    ...(executedAt && { executedAt }),
    instrument: { title, sources: [], ...(executedAt && { executedAt }) },
    sources: [],
  }) as unknown as ChangeView;

const caused = (...papers: readonly ChangeView[]) => {
  const { diff, ...ends } = reworded('The rent is 100 EUR.', 'The rent is 120 EUR.');
  const causedBy = papers.map(({ changeId }) => changeId);
  const entries = diff.entries.map((entry) => ({ ...entry, causedBy }));
  const answer: DiffAnswer = { ...ends, diff: { ...diff, entries } };
  const causes = new Map<ChangeId, ChangeView>(papers.map((view) => [view.changeId, view]));
  return { answer, causes };
};

const stamps = ({ answer, causes }: ReturnType<typeof caused>) =>
  new Set(revisionsOf(docx(answer, causes)).map(({ author, date }) => `${author} ${date}`));

describe('a redline as a file for word processors', () => {
  it.each([
    ['accepted', 'the new text', 1],
    ['rejected', 'the old text', 0],
  ] as const)('is, when all changes are %s, %s to the character', (how, _, side) => {
    fc.assert(
      fc.property(hostileText, hostileText, (before, after) => {
        const wanted = before === after ? '' : ([before, after][side] ?? '');
        expect(textOf(docx(reworded(before, after)), 'Prose', how)).toBe(inXml(wanted));
      }),
    );
  });

  it('says with each change who made it and when', () => {
    const first = paper('First amendment', '2024-11-05');
    const second = paper('Second amendment', '2025-01-09');
    expect(stamps(caused(first))).toEqual(new Set(['First amendment 2024-11-05T00:00:00Z']));
    expect(stamps(caused(second, first))).toEqual(
      new Set(['Second amendment, First amendment 2025-01-09T00:00:00Z']),
    );
  });

  it('gives the newer day where it is not exactly known when a paper was executed', () => {
    const vague = paper('Side letter', '2024-11');
    expect(stamps(caused(vague))).toEqual(new Set(['Side letter 2025-02-01T00:00:00Z']));
    expect(stamps(caused())).toEqual(new Set(['Codicil 2025-02-01T00:00:00Z']));
  });

  it('puts down to the record what the parties did not do', () => {
    const { answer, causes } = caused(paper('First amendment', '2024-11-05'));
    const entries = answer.diff.entries.map((entry) => ({ ...entry, kind: 'CORRECTED' as const }));
    const corrected = { ...answer, diff: { ...answer.diff, entries } };
    expect(stamps({ answer: corrected, causes })).toEqual(
      new Set(['Correction of the record 2025-02-01T00:00:00Z']),
    );
  });

  it('has both ends of a move, of one name, and settles them like everything else', () => {
    const file = docx(moved());
    const document = partsOf(file).get('word/document.xml');
    const names = (end: string) =>
      find(document, `w:${end}RangeStart`).map((one) => one.getAttribute('w:name'));
    expect(names('moveFrom')).toEqual(['move1']);
    expect(names('moveTo')).toEqual(['move1']);
    const ops = revisionsOf(file).map(({ op, text }) => [op, text]);
    expect(ops).toEqual([
      ['moveFrom', 'The tenant pays.'],
      ['moveFrom', 'Twice.'],
      ['moveTo', 'The tenant pays.'],
      ['moveTo', 'Twice.'],
    ]);
    expect(textOf(file, 'Prose', 'accepted')).toBe(' And so on. The tenant pays.\nTwice.');
    expect(textOf(file, 'Prose', 'rejected')).toBe('The tenant pays.\nTwice. And so on. ');
  });

  it('shows as come or gone what moved to or from a place that is not shown', () => {
    const { diff, ...ends } = moved();
    const entries = diff.entries.map((entry) => ({ ...entry, words: entry.words.slice(0, 2) }));
    const ops = revisionsOf(docx({ ...ends, diff: { ...diff, entries } })).map(({ op }) => op);
    expect(ops).toEqual(['del', 'del']);
  });

  it('is the same file for the same answer', () => {
    fc.assert(
      fc.property(twoStates, ([from, to]) => {
        expect(docx(answerOf(from, to))).toEqual(docx(answerOf(from, to)));
      }),
      { numRuns: 30 },
    );
  });

  it('names every part that it refers to, every part is well formed, and every mark has its own number', () => {
    fc.assert(
      fc.property(twoStates, hostileText, ([from, to], title) => {
        const parts = partsOf(docx(answerOf(from, { ...to, title })));
        const said = (path: string, element: string, name: string) =>
          find(parts.get(path), element).map((one) => one.getAttribute(name) ?? '');
        const targets = said('word/_rels/document.xml.rels', 'Relationship', 'Target');
        const overrides = said('[Content_Types].xml', 'Override', 'PartName');
        const named = [...targets.map((target) => `/word/${target}`), ...overrides];
        expect(named.filter((path) => !parts.has(path.slice(1)))).toEqual([]);
        const ids = ['w:ins', 'w:del', 'w:moveFrom', 'w:moveTo'].flatMap((op) =>
          said('word/document.xml', op, 'w:id'),
        );
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('settles whole rows of facts that only one side has', () => {
    fc.assert(
      fc.property(twoStates, ([from, to]) => {
        const answer = answerOf(from, to);
        const document = partsOf(docx(answer)).get('word/document.xml');
        const rows = find(document, 'w:tr');
        const marks = (op: string) =>
          rows.filter((row) => find(row, 'w:trPr').some((one) => find(one, `w:${op}`).length > 0));
        const facts = answer.diff.entries.flatMap((entry) => [...entry.facts, ...entry.fields]);
        const only = (side: 'old' | 'new') =>
          facts.filter(
            (fact) =>
              fact[side] !== undefined && fact[side === 'old' ? 'new' : 'old'] === undefined,
          );
        expect(marks('del').length).toBeGreaterThanOrEqual(only('old').length);
        expect(marks('ins').length).toBeGreaterThanOrEqual(only('new').length);
      }),
    );
  });
});
