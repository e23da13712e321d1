import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { REJECTIONS, rejection } from '#agreement/rejections.ts';

const DOCS = new URL('../../docs/reference/rejections.md', import.meta.url);

const rows = (markdown: string) =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| |^`|`$| \|$/g, '')));

it('the table of rejections in the docs says what the rules say, no more and no less', async () => {
  const documented = rows(await readFile(DOCS, 'utf8'));
  const registered = Object.entries(REJECTIONS).map(([code, { message, remedy }]) => [
    code,
    message,
    remedy.replace('{nearest}', ''),
  ]);
  expect(documented.map(([code = '', ...rest]) => [code.replaceAll('`', ''), ...rest])).toEqual(
    registered,
  );
});

it('a rejection fills its template with its details and keeps them', () => {
  const details = { tag: 'signing', retraction: 'e1' };
  expect(rejection('TagRetracted', ['tag'], details)).toEqual({
    code: 'TagRetracted',
    message:
      'Tag signing was retracted. Give it back by retracting the retraction e1, or choose another name.',
    path: ['tag'],
    details,
  });
});
