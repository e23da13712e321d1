import type { DiffAnswer } from '#app/app.ts';
import type { DiffEntry } from '#projections/diff/entry.ts';
import type { FactChange } from '#projections/diff/facts.ts';
import type { DateChange } from '#projections/diff/parts.ts';
import type { WordHunk } from '#projections/diff/words.ts';
import type { Causes } from './causes.ts';
import { factText } from './fact-text.ts';
import type { Paint, Screen } from './io.ts';
import { columns, indented, wrapped } from './layout.ts';
import { causeText, showBasis } from './show-state.ts';

const NONE = '–';

const named = (terms: DiffEntry['from']): string => terms.map(({ termId }) => termId).join(', ');

const subject = ({ from, to }: DiffEntry): string => {
  const [before, after] = [named(from), named(to)];
  if (before === after || after === '') return before === '' ? 'the agreement' : before;
  return before === '' ? after : `${before} → ${after}`;
};

/** Marks that can be read without colours: `[-gone-]`, `{+come+}`. */
const marked = ({ op, text }: WordHunk): string => {
  if (op === 'EQUAL') return text;
  return op === 'DELETE' ? `[-${text}-]` : `{+${text}+}`;
};

const COLOURS = { '[-': 'red', '{+': 'green' } as const;
const isOpening = (mark: string): mark is keyof typeof COLOURS => mark in COLOURS;

/** Colours what stands between marks, over the ends of lines. */
const painted = (lines: readonly string[], paint: Paint): readonly string[] => {
  let colour: (typeof COLOURS)[keyof typeof COLOURS] | undefined;
  return lines.map((line) =>
    line
      .split(/(?=\[-|\{\+)|(?<=-\]|\+\})/)
      .map((part) => {
        const mark = part.slice(0, 2);
        if (isOpening(mark)) colour = COLOURS[mark];
        const text = colour === undefined ? part : paint(colour, part);
        if (/(?:-\]|\+\})$/.test(part)) colour = undefined;
        return text;
      })
      .join(''),
  );
};

/** How much of an unchanged stretch is shown beside what changed, in characters. */
const NEARBY = 60;

const nearby = (hunk: WordHunk, first: boolean, last: boolean): WordHunk => {
  const { op, text } = hunk;
  if (op !== 'EQUAL' || text.length <= 2 * NEARBY) return hunk;
  const head = first ? '' : text.slice(0, NEARBY).replace(/\S*$/, '');
  const tail = last ? '' : text.slice(-NEARBY).replace(/^\S*/, '');
  return { op, text: `${head}…${tail}` };
};

const wordLines = (words: readonly WordHunk[], width: number): readonly string[] => {
  if (words.length === 0) return [];
  const shown = words.map((hunk, i) => nearby(hunk, i === 0, i === words.length - 1));
  return wrapped(shown.map(marked).join(''), width);
};

const factRow = ({ name, old, new: now }: FactChange): readonly string[] => [
  name,
  `${old === undefined ? NONE : factText(old)} → ${now === undefined ? NONE : factText(now)}`,
];

const DATES = { IN_FORCE_SINCE: 'in force since', STARTS: 'starts', ENDS_ON: 'ends on' } as const;

const dateRow = ({ what, old, new: now, changeId }: DateChange): readonly string[] => [
  changeId === undefined ? DATES[what] : `${DATES[what]} (${changeId})`,
  `${old ?? NONE} → ${now ?? NONE}`,
];

const rowsOf = ({ fields, facts, dates, standing }: DiffEntry): readonly (readonly string[])[] => [
  ...fields.map(({ name, old, new: now }) => [name, `${old ?? NONE} → ${now ?? NONE}`]),
  ...facts.map(factRow),
  ...dates.map(dateRow),
  ...(standing === undefined
    ? []
    : [['standing', `${standing.old ?? NONE} → ${standing.new ?? NONE}`]]),
];

const effectText = ({ kind, effect }: DiffEntry): string =>
  kind === effect ? kind : `${kind} (${effect})`;

const showEntry = (screen: Screen, entry: DiffEntry, causes: Causes): void => {
  const { paint, line, width } = screen;
  line();
  line(`${paint(['yellow', 'bold'], effectText(entry))}  ${paint('cyan', subject(entry))}`);
  for (const row of indented(columns(rowsOf(entry)), 2)) line(row);
  for (const row of indented(painted(wordLines(entry.words, width - 4), paint), 4)) line(row);
  const flags = entry.material.map(({ flag }) => flag);
  if (flags.length > 0) line(paint('dim', `  touches ${flags.join(', ')}`));
  for (const id of entry.causedBy) line(paint('dim', `  by ${causeText(causes, id)}`));
};

/** What differs between two answers, entry by entry, with the words marked and what caused it. */
export const showDiff = (screen: Screen, answer: DiffAnswer, causes: Causes): void => {
  const { diff, from, to } = answer;
  screen.line(screen.paint('bold', to.state.title));
  showBasis(screen, from);
  showBasis(screen, to);
  if (diff.entries.length === 0) screen.line('No difference.');
  for (const entry of diff.entries) showEntry(screen, entry, causes);
};
