import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { visible } from '#render/html-text.ts';
import type { Look } from '#render/marked-lines.ts';
import { redlineOf } from '#render/redline.ts';
import { redlineText } from '#render/redline-text.ts';
import { twoStates } from '../projections/diff/random-states.ts';
import { attribute, find, textOf } from './html.ts';
import { answerOf, hostileText, moved, printed, reworded } from './redlines.ts';

const NO_CAUSES = new Map();
const spaced = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const inHtml = (text: string): string => visible(text).replace(/\r\n?/g, '\n');

const SIDES = [
  ['del', 'the new text', 1],
  ['ins', 'the old text', 0],
] as const;

describe('a redline in HTML', () => {
  it.each(SIDES)('is, without its %s elements, %s to the character', (tag, _, side) => {
    fc.assert(
      fc.property(hostileText, hostileText, (before, after) => {
        const html = printed('html', { answer: reworded(before, after), causes: NO_CAUSES });
        const prose = find(parse(html), (node) => attribute(node, 'class') === 'prose');
        const wanted = [before, after][side] ?? '';
        if (before === after) expect(prose).toEqual([]);
        else expect(prose.map((one) => textOf(one, [tag, 'sup'])).join('')).toBe(inHtml(wanted));
      }),
    );
  });

  it('is well formed and inert, whatever the prose says', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (before, after) => {
        const errors: string[] = [];
        const html = printed('html', { answer: reworded(before, after), causes: NO_CAUSES });
        const page = parse(html, { onParseError: ({ code }) => errors.push(code) });
        expect(errors).toEqual([]);
        const names = find(page, () => true).map(({ nodeName }) => nodeName);
        expect(names).not.toContain('script');
        expect(names).not.toContain('#comment');
      }),
    );
  });

  it('pairs and links the two ends of a passage that moved', () => {
    const answer = moved();
    const page = parse(printed('html', { answer, causes: NO_CAUSES }));
    const ids = find(page, (node) => attribute(node, 'class') === 'moved').map((node) => [
      node.nodeName,
      attribute(node, 'id'),
    ]);
    expect(ids).toEqual([
      ['del', 'move-1-from'],
      ['ins', 'move-1-to'],
    ]);
    const links = find(page, ({ nodeName }) => nodeName === 'a').map((node) =>
      attribute(node, 'href'),
    );
    expect(links.filter((href) => href?.startsWith('#move'))).toEqual([
      '#move-1-to',
      '#move-1-from',
    ]);
    const text = printed('text', { answer, causes: NO_CAUSES });
    expect(text).toContain('[~1 The tenant pays.');
    expect(text).toContain('moved here');
  });

  it('leads nowhere but to web addresses and into itself', () => {
    fc.assert(
      fc.property(twoStates, ([from, to]) => {
        const page = parse(printed('html', { answer: answerOf(from, to), causes: NO_CAUSES }));
        const ids = new Set(find(page, () => true).map((node) => attribute(node, 'id')));
        const hrefs = find(page, ({ nodeName }) => nodeName === 'a').map((node) =>
          attribute(node, 'href'),
        );
        expect(hrefs.filter((href) => !ids.has(href?.slice(1)))).toEqual([]);
      }),
    );
  });
});

describe('a redline in Markdown', () => {
  const markdown = new MarkdownIt({ html: true });

  it.each(SIDES)('is, without its %s elements, %s but for white space', (tag, _, side) => {
    fc.assert(
      fc.property(hostileText, hostileText, (before, after) => {
        fc.pre(before !== after);
        const source = printed('markdown', {
          answer: reworded(before, after),
          causes: NO_CAUSES,
        });
        const page = parse(markdown.render(source));
        const quotes = find(page, ({ nodeName }) => nodeName === 'blockquote');
        const text = quotes.map((quote) => textOf(quote, [tag, 'sup'])).join('');
        expect(text.replace(/\s/gu, '')).toBe(
          visible([before, after][side] ?? '').replace(/\s/gu, ''),
        );
      }),
    );
  });
});

describe('a redline as text', () => {
  it.each([
    [['gone', 'away'], 'the new text', 1],
    [['come', 'here'], 'the old text', 0],
  ] as const)('is, without what is %s, %s but for white space', (left, _, side) => {
    const unmarked = (look: Look, text: string): string => {
      if (look === 'quiet' || look === 'kind') return text;
      return text.replace(/^(?:\[-|\{\+|[[{]~\d+)/, '').replace(/(?:[-~]\]|[+~]\})$/, '');
    };
    fc.assert(
      fc.property(hostileText, hostileText, (before, after) => {
        const answer = reworded(before, after);
        fc.pre(before !== after);
        const lines = redlineText(redlineOf(answer, NO_CAUSES), {
          width: 60,
          dress: (look, text) => (left.some((one) => one === look) ? '' : unmarked(look, text)),
        });
        const prose = lines.filter((line) => line.startsWith('    ')).join(' ');
        expect(prose.replace(/\s/gu, '')).toBe(([before, after][side] ?? '').replace(/\s/gu, ''));
      }),
    );
  });

  it('leaves out unchanged words only where it is told how many to show', () => {
    const [before, after] = ['a b c d e f g h 1 i j k l', 'a b c d e f g h 2 i j k l'];
    const { entries } = redlineOf(reworded(before, after), NO_CAUSES, { context: 2 });
    expect(entries[0]?.passages).toEqual([
      { op: 'SKIPPED' },
      { op: 'EQUAL', text: 'g h ' },
      { op: 'DELETE', text: '1' },
      { op: 'INSERT', text: '2' },
      { op: 'EQUAL', text: ' i j ' },
      { op: 'SKIPPED' },
    ]);
  });

  it('marks whole sentences or paragraphs where it is told to', () => {
    const answer = reworded(
      'The rent is 100 EUR. It is due in May.',
      'The rent is 120 EUR. It is due in May.',
    );
    const marked = (by: 'WORDS' | 'SENTENCES' | 'PARAGRAPHS') =>
      printed('text', { answer, causes: NO_CAUSES }, { by });
    expect(marked('WORDS')).toContain('The rent is [-100-]{+120+} EUR. It');
    expect(marked('SENTENCES')).toContain('[-The rent is 100 EUR.-]{+The rent is 120 EUR.+} It is');
    expect(marked('PARAGRAPHS')).toContain('[-The rent is 100 EUR. It is due in May.-]');
  });

  it('keeps to its width', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (before, after) => {
        const answer = reworded(before, after);
        const dress = (_: string, text: string) => text;
        const lines = redlineText(redlineOf(answer, NO_CAUSES), { width: 40, dress });
        const wide = lines.filter((line) => line.startsWith('    ') && line.length > 40);
        expect(wide.filter((line) => line.trim().includes(' '))).toEqual([]);
      }),
    );
  });
});

describe('a redline of nothing', () => {
  it.each(['text', 'markdown', 'html'] as const)('says so in %s', (format) => {
    const answer = reworded('same', 'same');
    expect(printed(format, { answer, causes: NO_CAUSES })).toContain('No difference.');
  });

  it('is empty as a patch', () => {
    const redlined = { answer: reworded('same', 'same'), causes: NO_CAUSES };
    expect(printed('unified', redlined)).toBe('');
    expect(spaced(printed('json-patch', redlined))).toBe('[]');
  });
});
