/** A redline as one page of HTML that needs nothing beside it. */
import { basisText } from './basis-text.ts';
import { type Cause, causeText, saidOnce } from './cause-text.ts';
import { htmlText } from './html-text.ts';
import { page } from './page.ts';
import { type Passage, type Redline, type RedlineEntry, type Row, subjectOf } from './redline.ts';
import { htmlSource } from './source-links.ts';

/** The two ends of a move lead to each other. */
const moved = (tag: 'del' | 'ins', move: number, text: string): string => {
  const [own, other] = tag === 'del' ? ['from', 'to'] : ['to', 'from'];
  const label = tag === 'del' ? `to where passage ${move} went` : `to where passage ${move} was`;
  const link = `<sup><a href="#move-${move}-${other}" aria-label="${label}">${move}</a></sup>`;
  return `<${tag} class="moved" id="move-${move}-${own}">${text}</${tag}>${link}`;
};

const passage = (each: Passage): string => {
  if (each.op === 'SKIPPED') return '<span class="quiet"> … </span>';
  const text = htmlText(each.text);
  if (each.op === 'EQUAL') return text;
  const tag = each.op === 'DELETE' ? 'del' : 'ins';
  return each.move === undefined ? `<${tag}>${text}</${tag}>` : moved(tag, each.move, text);
};

const cell = (text: string | undefined, tag: 'del' | 'ins'): string =>
  text === undefined ? '<td>–</td>' : `<td dir="auto"><${tag}>${htmlText(text)}</${tag}></td>`;

const row = ({ label, old, new: now, delta }: Row): string =>
  `<tr><th scope="row">${htmlText(label)}</th>${cell(old, 'del')}${cell(now, 'ins')}<td>${htmlText(delta ?? '')}</td></tr>`;

const table = (rows: readonly Row[]): string =>
  rows.length === 0
    ? ''
    : `<table>
<thead><tr><th scope="col">what</th><th scope="col">before</th><th scope="col">after</th><th scope="col">difference</th></tr></thead>
<tbody>
${rows.map(row).join('\n')}
</tbody>
</table>`;

const prose = (passages: readonly Passage[]): string =>
  passages.length === 0
    ? ''
    : `<div class="prose" dir="auto">${passages.map(passage).join('')}</div>`;

const quoted = (phrases: readonly string[]): string =>
  [...new Set(phrases)].map((phrase) => `<q>${htmlText(phrase)}</q>`).join(', ');

const materiality = ({ material }: RedlineEntry): string =>
  material.length === 0
    ? ''
    : `<details class="quiet"><summary>Touches ${material.map(({ flag }) => flag).join(', ')}</summary>
<dl>${material
        .map(
          ({ flag, rule, removed, added, facts }) =>
            `<dt>${flag}: ${htmlText(rule)}</dt><dd>${quoted([...removed, ...added, ...facts])}</dd>`,
        )
        .join('\n')}</dl></details>`;

const cause = (each: Cause): string => {
  const sources = (each.view?.sources ?? []).map((one) => `<li>${htmlSource(one)}</li>`).join('');
  return `<li>by ${htmlText(causeText(each))}${sources === '' ? '' : `<ul>${sources}</ul>`}</li>`;
};

const causes = (entry: RedlineEntry): string =>
  entry.causes.length === 0
    ? ''
    : `<ul class="quiet">${saidOnce(entry.causes).map(cause).join('\n')}</ul>`;

const article = (entry: RedlineEntry, n: number): string => {
  const parts = [
    `<h2 id="entry-${n}"><span class="kind">${entry.kind}</span> ${htmlText(subjectOf(entry))}</h2>`,
    table(entry.rows),
    prose(entry.passages),
    materiality(entry),
    causes(entry),
  ];
  return `<article aria-labelledby="entry-${n}">\n${parts.filter((part) => part !== '').join('\n')}\n</article>`;
};

const contents = (entries: readonly RedlineEntry[]): string =>
  `<nav aria-label="Differences"><ol>
${entries.map((entry, i) => `<li><a href="#entry-${i + 1}">${entry.kind} ${htmlText(subjectOf(entry))}</a></li>`).join('\n')}
</ol></nav>`;

/** One page: both points, a list of the differences, then each with what changed, why it matters and its cause. */
export const redlineHtml = ({ title, agreementId, from, to, entries }: Redline): string => {
  const points = `<p class="quiet">from ${htmlText(basisText(from))}<br>to ${htmlText(basisText(to))}</p>`;
  const body =
    entries.length === 0
      ? '<p>No difference.</p>'
      : `${contents(entries)}\n${entries.map((entry, i) => article(entry, i + 1)).join('\n')}`;
  const name = title === '' ? agreementId : title;
  return page(
    `${name}: ${from.effectiveOn} to ${to.effectiveOn}`,
    `<main>\n<h1>${htmlText(name)}</h1>\n${points}\n${body}\n</main>`,
  );
};
