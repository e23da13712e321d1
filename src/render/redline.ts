import type { Basis, DiffAnswer } from '#app/app.ts';
import type { DiffEntry } from '#projections/diff/entry.ts';
import type { Materiality } from '#projections/diff/material.ts';
import type { Grain } from '#projections/diff/pieces.ts';
import { retold } from '#projections/diff/texts.ts';
import type { WordHunk } from '#projections/diff/words.ts';
import { type Cause, type Causes, causesIn } from './cause-text.ts';
import { deltaText, factText } from './fact-text.ts';
import { withPairedMoves } from './paired-moves.ts';

/** What is different besides the prose; absent: it is not there on that side. */
export type Row = {
  readonly label: string;
  readonly old?: string;
  readonly new?: string;
  /** New minus old, where the two can be compared. */
  readonly delta?: string;
};

/** A stretch of prose; SKIPPED stands for words that both sides have and that are not shown. */
export type Passage = WordHunk | { readonly op: 'SKIPPED' };

export type RedlineEntry = {
  /** `AMENDED`; of a correction also what it came to: `CORRECTED (AMENDED)`; and whether it was restated. */
  readonly kind: string;
  /** The terms before and after; both empty where the agreement itself is meant. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly rows: readonly Row[];
  readonly passages: readonly Passage[];
  readonly material: readonly Materiality[];
  readonly causes: readonly Cause[];
  /** True where our record was corrected or retracted, and the parties did nothing. */
  readonly corrected: boolean;
};

/** What differs between two answers, ready to be printed in any format. */
export type Redline = {
  readonly agreementId: string;
  readonly title: string;
  readonly from: Basis;
  readonly to: Basis;
  readonly entries: readonly RedlineEntry[];
};

export type RedlineOptions = {
  /** What is marked: words, whole sentences or whole paragraphs. Absent: words. */
  readonly by?: Grain;
  /** How many unchanged words are shown beside a change; absent: all. */
  readonly context?: number;
};

const changed = (
  label: string,
  { old, new: now }: { readonly old?: string; readonly new?: string },
  delta?: string,
): Row => ({
  label,
  ...(old !== undefined && { old }),
  ...(now !== undefined && { new: now }),
  ...(delta !== undefined && { delta }),
});

const DATES = { IN_FORCE_SINCE: 'in force since', STARTS: 'starts', ENDS_ON: 'ends on' } as const;

const factRows = ({ facts }: DiffEntry): readonly Row[] =>
  facts.map(({ name, old, new: now, delta }) =>
    changed(
      name,
      { ...(old && { old: factText(old) }), ...(now && { new: factText(now) }) },
      delta && deltaText(delta),
    ),
  );

const dateRows = ({ dates }: DiffEntry): readonly Row[] =>
  dates.map(({ what, changeId, days, ...sides }) => {
    const label = changeId === undefined ? DATES[what] : `${DATES[what]} (${changeId})`;
    return changed(label, sides, days === undefined ? undefined : deltaText({ days }));
  });

const certainty = (certain: boolean): string => (certain ? 'certain' : 'uncertain');

const standingRows = ({ standing, certain }: DiffEntry): readonly Row[] => {
  if (certain !== undefined) {
    const sides = { old: certainty(certain.old), new: certainty(certain.new) };
    return [changed('reading', sides)];
  }
  return standing === undefined ? [] : [changed('standing', standing)];
};

const rowsOf = (entry: DiffEntry): readonly Row[] => [
  ...entry.fields.map(({ name, ...sides }) => changed(name, sides)),
  ...factRows(entry),
  ...dateRows(entry),
  ...standingRows(entry),
];

const WORD = /\S+\s*/gu;

/** The unchanged stretch without its middle. */
const cut = (text: string, context: number, first: boolean, last: boolean): readonly Passage[] => {
  const words = Array.from(text.matchAll(WORD), ({ index }) => index);
  const kept = (first ? 0 : context) + (last ? 0 : context);
  if (words.length <= kept + 1) return [{ op: 'EQUAL', text }];
  const head = first ? '' : text.slice(0, words[context] ?? 0);
  const tail = last ? '' : text.slice(words[words.length - context] ?? text.length);
  const shown = (part: string): readonly Passage[] =>
    part === '' ? [] : [{ op: 'EQUAL', text: part }];
  return [...shown(head), { op: 'SKIPPED' }, ...shown(tail)];
};

const passagesOf = (words: readonly WordHunk[], context: number | undefined): readonly Passage[] =>
  context === undefined
    ? words
    : words.flatMap((hunk, i) =>
        hunk.op === 'EQUAL' ? cut(hunk.text, context, i === 0, i === words.length - 1) : [hunk],
      );

const ids = (terms: DiffEntry['from']): readonly string[] => terms.map(({ termId }) => termId);

const AXIS_TEXTS = {
  EFFECTIVE: '',
  KNOWLEDGE: ', restated',
  BOTH: ', changed and restated',
} as const;

/** Between two days it is worth a word that something was restated; about one day everything was. */
const kindText = ({ kind, effect, axis = 'EFFECTIVE' }: DiffEntry, days: boolean): string => {
  const name = kind === effect ? kind : `${kind} (${effect})`;
  return days ? `${name}${AXIS_TEXTS[axis]}` : name;
};

/** The redline of two answers. */
export const redlineOf = (
  { diff, from, to }: DiffAnswer,
  causes: Causes,
  { by = 'WORDS', context }: RedlineOptions = {},
): Redline => {
  const words = retold(
    diff.entries.map((entry) => entry.words),
    by,
  );
  const entries = diff.entries.map((entry, i) => ({ ...entry, words: words[i] ?? [] }));
  return {
    agreementId: diff.agreementId,
    title: to.state.title === '' ? from.state.title : to.state.title,
    from: from.basis,
    to: to.basis,
    entries: withPairedMoves(entries).map((entry) => ({
      kind: kindText(entry, from.basis.effectiveOn !== to.basis.effectiveOn),
      from: ids(entry.from),
      to: ids(entry.to),
      rows: rowsOf(entry),
      passages: passagesOf(entry.words, context),
      material: entry.material,
      causes: causesIn(causes, entry.causedBy),
      corrected: entry.kind === 'CORRECTED',
    })),
  };
};

/** What an entry is about: `a`, `a → b`, `the agreement`. */
export const subjectOf = ({ from, to }: RedlineEntry): string => {
  const [before, after] = [from.join(', '), to.join(', ')];
  if (before === after || after === '') return before === '' ? 'the agreement' : before;
  return before === '' ? after : `${before} → ${after}`;
};
