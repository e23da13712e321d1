/** A conformed copy as one page of HTML that needs nothing beside it. */
import { basisText } from './basis-text.ts';
import {
  type ConformedCopy,
  type CopyList,
  type CopyTerm,
  copyTitle,
  type Footnote,
  type Item,
  type Marks,
  NO_LEGAL_EFFECT,
  type Stretch,
} from './conformed-copy.ts';
import { htmlText } from './html-text.ts';
import { page } from './page.ts';
import { htmlSource } from './source-links.ts';

/** Gives every reference to a footnote an id of its own, to which the footnote leads back. */
type References = {
  mark(notes: Marks): string;
  /** Ids of the references to a note, in the order in which they come. */
  to(note: number): readonly string[];
};

const references = (): References => {
  const ids = new Map<number, string[]>();
  const reference = (note: number): string => {
    const known = ids.get(note) ?? [];
    const id = `from-${note}-${known.length + 1}`;
    ids.set(note, [...known, id]);
    return `<sup><a id="${id}" href="#note-${note}" role="doc-noteref" aria-label="note ${note}">${note}</a></sup>`;
  };
  return {
    mark: (notes) => notes.map(reference).join('<sup>, </sup>'),
    to: (note) => ids.get(note) ?? [],
  };
};

const prose = (stretches: readonly Stretch[], refs: References): string => {
  if (stretches.length === 0) return '';
  const parts = stretches.map(({ text, changed, notes }) => {
    const shown = htmlText(text);
    return `${changed ? `<span class="changed">${shown}</span>` : shown}${refs.mark(notes)}`;
  });
  return `<div class="prose" dir="auto">${parts.join('')}</div>`;
};

const beneath = (texts: readonly string[]): string =>
  texts.map((text) => `<div class="beneath" dir="auto">${htmlText(text)}</div>`).join('');

const item = ({ text, notes, texts }: Item, refs: References): string =>
  `${htmlText(text)}${refs.mark(notes)}${beneath(texts)}`;

const facts = (rows: CopyTerm['facts'], refs: References): string =>
  rows.length === 0
    ? ''
    : `<table><tbody>
${rows.map(({ name, value }) => `<tr><th scope="row">${htmlText(name)}</th><td dir="auto">${item(value, refs)}</td></tr>`).join('\n')}
</tbody></table>`;

const term = (each: CopyTerm, n: number, refs: References): string => {
  const parts = [
    `<h3 id="term-${n}">${htmlText(each.title)}${refs.mark(each.notes)}</h3>`,
    each.title === each.termId ? '' : `<p class="quiet">${htmlText(each.termId)}</p>`,
    ...each.remarks.map((remark) => `<div class="remark">${item(remark, refs)}</div>`),
    prose(each.prose, refs),
    facts(each.facts, refs),
  ];
  const inside = parts.filter((part) => part !== '').join('\n');
  return `<article aria-labelledby="term-${n}">\n${inside}\n</article>`;
};

const section = (heading: string, items: readonly string[]): string =>
  items.length === 0
    ? ''
    : `<section>\n<h2>${heading}</h2>\n<ul>\n${items.map((one) => `<li>${one}</li>`).join('\n')}\n</ul>\n</section>`;

const list = ({ heading, items }: CopyList, refs: References): string =>
  section(
    heading,
    items.map((one) => item(one, refs)),
  );

const footnote = ({ text, sources }: Footnote, note: number, refs: References): string => {
  const back = refs
    .to(note)
    .map(
      (id, i) =>
        `<a href="#${id}" role="doc-backlink" aria-label="back to where note ${note} stands, ${i + 1}">↩</a>`,
    );
  const cited = sources.map((source) => `<li>${htmlSource(source)}</li>`).join('');
  return `<li id="note-${note}">${htmlText(text)} ${back.join(' ')}${cited === '' ? '' : `<ul>${cited}</ul>`}</li>`;
};

const footnotes = (notes: readonly Footnote[], refs: References): string =>
  notes.length === 0
    ? ''
    : `<section class="quiet" role="doc-endnotes" aria-labelledby="notes">
<h2 id="notes">Notes</h2>
<ol>
${notes.map((note, i) => footnote(note, i + 1, refs)).join('\n')}
</ol>
</section>`;

/** One page: what it is, the parties, what to bear in mind, the terms, what stands beside them, the notes. */
export const copyHtml = (copy: ConformedCopy): string => {
  const refs = references();
  const { title, basis, standing, parties, warnings, terms, lists } = copy;
  const body = [
    `<h1>${htmlText(title)}</h1>`,
    `<p class="notice" role="note"><strong>${NO_LEGAL_EFFECT}</strong></p>`,
    `<p>As it reads on <time datetime="${basis.effectiveOn}">${basis.effectiveOn}</time>. ${htmlText(standing)}</p>`,
    section('Parties', parties.map(htmlText)),
    section('To bear in mind', warnings.map(htmlText)),
    ...(terms.length === 0 ? [] : ['<h2>Terms</h2>']),
    ...terms.map((one, i) => term(one, i + 1, refs)),
    ...lists.map((one) => list(one, refs)),
    footnotes(copy.footnotes, refs),
    `<p class="quiet">${htmlText(basisText(basis))}<br>state ${basis.digest}</p>`,
  ];
  const inside = body.filter((part) => part !== '').join('\n');
  return page(copyTitle(copy), `<main>\n${inside}\n</main>`);
};
