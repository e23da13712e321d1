import type { Pile, PileReport } from '#importers/documents/import-pile.ts';
import type { LeftOut } from '#importers/documents/version-source.ts';
import { columns, indented } from '#render/layout.ts';
import type { Screen } from './io.ts';

/** How many of what was left out are named. */
const MOST_NAMED = 20;

/** A path on one line, whatever it holds. */
const shown = (path: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: names of files may hold them
  path.replace(/[\u0000-\u001f\u007f]/g, (character) => JSON.stringify(character).slice(1, -1));

const showLeftOut = ({ line, paint }: Screen, leftOut: readonly LeftOut[]): void => {
  if (leftOut.length === 0) return;
  line();
  line(paint('yellow', `Left out: ${leftOut.length}`));
  const rows = leftOut
    .slice(0, MOST_NAMED)
    .map(({ code, path, message }) => [code, shown(path), message]);
  for (const row of indented(columns(rows), 2)) line(row);
  if (leftOut.length > MOST_NAMED)
    line(`  and ${leftOut.length - MOST_NAMED} more; --json has all`);
};

/** What a pile would come to. */
export const showPile = (screen: Screen, pile: Pile): void => {
  const rows = pile.documents.map(({ agreementId, path, versions }) => {
    const [first, last] = [versions[0], versions.at(-1)];
    return [
      { text: agreementId, look: (text: string) => screen.paint('cyan', text) },
      `${versions.length} versions`,
      `${first?.announcedAt ?? ''} to ${last?.announcedAt ?? ''}`,
      shown(path),
    ];
  });
  for (const row of columns(rows)) screen.line(row);
  screen.line(`${pile.documents.length} documents, ${pile.versions} versions`);
  showLeftOut(screen, pile.leftOut);
};

const showOutOfOrder = ({ line, paint }: Screen, documents: PileReport['documents']): void => {
  const found = documents.filter(({ outOfOrder }) => outOfOrder);
  if (found.length === 0) return;
  line();
  line(
    paint('yellow', `SOURCE_ORDER: ${found.length}, dates that disagree with the pile’s own order`),
  );
  for (const { agreementId } of found.slice(0, MOST_NAMED)) line(`  ${agreementId}`);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** What became of a pile. */
export const showReport = (screen: Screen, { documents, leftOut }: PileReport): void => {
  const total = (of: 'recorded' | 'unchanged' | 'anew' | 'terms' | 'changes' | 'events'): number =>
    sum(documents.map((one) => one[of]));
  const rows = [
    ['documents', `${documents.length}`],
    ['versions', `${total('recorded')} recorded, ${total('unchanged')} were there already`],
    ...(total('anew') > 0
      ? [['anew', `${total('anew')} versions, behind others that came to light`]]
      : []),
    ['terms', `${total('terms')}`],
    ['changes', `${total('changes')}`],
    ['events', `${total('events')}`],
  ];
  for (const row of columns(rows)) screen.line(row);
  showOutOfOrder(screen, documents);
  showLeftOut(screen, leftOut);
};
