import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import fc from 'fast-check';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CopyAnswer } from '#app/app.ts';
import type { ChangeView } from '#projections/change-view.ts';
import { visible } from '#render/html-text.ts';
import { change, inForce, withTerms } from '../projections/diff/states.ts';
import { copyText } from './copies.ts';
import { isMissing, PROGRAMS } from './programs.ts';
import { answerOf, hostileText, moved, printed } from './redlines.ts';

const ATTACKS = [
  '<script>globalThis.hacked = 1</script>',
  '</style></title></textarea><script>globalThis.hacked = 1</script>',
  '<img src="https://attack.example/x" onerror="globalThis.hacked = 1">',
  '<svg onload="globalThis.hacked = 1"><iframe src="https://attack.example">',
  '" onmouseover="globalThis.hacked = 1" style="position:fixed;inset:0',
  '<meta http-equiv="refresh" content="0;url=https://attack.example">',
  '<base href="https://attack.example"><form action="https://attack.example"><button autofocus>',
  ']]><!--',
  '\u0000\u001b\u202e\ud800',
];
const ATTACK = ATTACKS.join('\n');

const attacked = (prose: string) =>
  withTerms(
    [
      inForce(
        'clause',
        { prose, heading: ATTACK, number: ATTACK, facts: { [ATTACK]: { text: ATTACK } } },
        {
          causedBy: [change('paper'), change('other')],
          overlays: [
            { overlayId: ATTACK, kind: 'WAIVER', changeId: change('paper'), text: ATTACK },
          ],
          applies: false,
          certain: false,
        },
      ),
    ],
    {
      title: ATTACK,
      parties: [{ partyId: 'a', name: ATTACK, role: ATTACK }],
      findings: [{ code: 'ORPHANED_CHANGE', changes: [], terms: [], message: ATTACK }],
    },
  );

const PAPER = {
  changeId: change('paper'),
  type: 'TermAdded',
  evidence: 'INFERRED',
  sources: [
    { title: ATTACK, publisher: ATTACK, grade: 'INFERRED', url: 'javascript:globalThis.hacked=1' },
    { title: 'A page', grade: 'INFERRED', url: 'https://example.org/?a="><script>' },
  ],
  instrument: { title: ATTACK, executedAt: ATTACK, sources: [] },
  data: {},
} as unknown as ChangeView;

const hostileRedline = (): string => {
  const causes = new Map([[PAPER.changeId, PAPER]]);
  const answer = answerOf(attacked('Before.'), attacked(ATTACK));
  const entries = answer.diff.entries.map((entry) => ({ ...entry, causedBy: [PAPER.changeId] }));
  return printed('html', { answer: { ...answer, diff: { ...answer.diff, entries } }, causes });
};

const hostileCopy = (prose = ATTACK): string => {
  const state = attacked(prose);
  const { termId } = inForce('clause');
  const passages = [
    { text: prose, changeId: change('other') },
    { text: ' The end.', changeId: change('paper') },
  ];
  const blame = [{ termId, passages, fields: {} }];
  const answer: CopyAnswer = { ...answerOf(state, state).to, blame, changes: [PAPER] };
  return copyText('html', answer);
};

const folder = mkdtempSync(join(tmpdir(), 'codicil-browser-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(isMissing('Chromium'))('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: PROGRAMS.Chromium ?? '' });
  }, 60_000);
  afterAll(() => browser.close());

  /** Opens a page from a file, and notes everything that a page of ours has no reason to do. */
  const open = async (html: string, options: Parameters<Browser['newPage']>[0] = {}) => {
    const path = join(folder, 'page.html');
    writeFileSync(path, html);
    const page = await browser.newPage(options);
    const address = pathToFileURL(path).href;
    const noise: string[] = [];
    page.on('dialog', (dialog) => {
      noise.push(`dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url() !== address) noise.push(`request: ${request.url()}`);
    });
    page.on('console', (message) => noise.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
    page.on('popup', (popup) => noise.push(`popup: ${popup.url()}`));
    await page.goto(address);
    return { page, noise };
  };

  const texts = (page: Page, selector: string): Promise<readonly (string | null)[]> =>
    page.locator(selector).evaluateAll((all) => all.map((one) => one.textContent));

  it.each([
    ['a redline', hostileRedline],
    ['a conformed copy', hostileCopy],
  ])('%s of hostile texts runs nothing, fetches nothing and asks nothing', async (_, html) => {
    const { page, noise } = await open(html());
    await page.mouse.move(200, 200);
    await page.keyboard.press('Tab');
    await page.waitForTimeout(200);
    expect(noise).toEqual([]);
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    const elements = 'script, iframe, img, svg, form, button, base, meta[http-equiv=refresh]';
    expect(await texts(page, elements)).toEqual([]);
    const links = await page
      .locator('a')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    expect(links.filter((href) => !/^(?:#|https:\/\/example\.org\/)/.test(href))).toEqual([]);
    expect((await texts(page, '.prose')).join('')).toContain(visible(ATTACK));
    await page.close();
  });

  it('shows any prose to the character', async () => {
    const proses = fc.sample(hostileText, 50).filter((prose) => prose !== '');
    const state = withTerms(proses.map((prose, i) => inForce(`clause${i}`, { prose })));
    const answer = { ...answerOf(state, state).to, blame: [], changes: [] };
    const { page, noise } = await open(copyText('html', answer));
    expect(await texts(page, '.prose')).toEqual(
      proses.map((prose) => visible(prose).replace(/\r\n?/g, '\n')),
    );
    expect(noise).toEqual([]);
    await page.close();
  });

  it('leads from one end of a move to the other', async () => {
    const { page } = await open(printed('html', { answer: moved(), causes: new Map() }));
    expect(await texts(page, 'del')).toEqual(['The tenant pays.\nTwice.']);
    expect(await texts(page, 'ins')).toEqual(['The tenant pays.\nTwice.']);
    await page.getByRole('link', { name: 'to where passage 1 went' }).click();
    expect(await texts(page, ':target')).toEqual(await texts(page, 'ins'));
    await page.getByRole('link', { name: 'to where passage 1 was' }).click();
    expect(await texts(page, ':target')).toEqual(await texts(page, 'del'));
    await page.close();
  });

  it('leads from a passage to its note and back', async () => {
    const { page } = await open(hostileCopy('Changed.'));
    await page.locator('[aria-label="note 2"]').click();
    expect((await texts(page, ':target')).join('')).toContain('By other, which is not on record');
    await page.locator('[aria-label="back to where note 2 stands, 1"]').click();
    expect(await texts(page, ':target')).toEqual(['2']);
    await page.close();
  });

  it.each(['light', 'dark'] as const)(
    'has no barriers that axe finds, in %s colours',
    async (colorScheme) => {
      const redline = printed('html', {
        answer: moved(),
        causes: new Map([[PAPER.changeId, PAPER]]),
      });
      for (const html of [hostileRedline(), redline, hostileCopy('Changed.')]) {
        const { page } = await open(html, { colorScheme });
        await page.evaluate(axe.source);
        const found = (await page.evaluate('axe.run()')) as axe.AxeResults;
        expect(
          found.violations.map(({ id, nodes }) => [id, nodes.map(({ html: at }) => at)]),
        ).toEqual([]);
        await page.close();
      }
    },
  );

  it('opens a term of a megabyte', async () => {
    const long = 'The lessee <shall> pay. '.repeat(44_000);
    const { page, noise } = await open(hostileCopy(long));
    expect((await texts(page, '.prose')).join('').length).toBeGreaterThan(long.length);
    expect(noise).toEqual([]);
    await page.close();
  });
});
