import type { ChangeId } from '#events/values.ts';
import type { Blame, Passage } from '#projections/blame.ts';
import type { ChangeView } from '#projections/change-view.ts';
import type { OverlayState, TermState } from '#projections/state.ts';
import type { CopyTerm, Item, Stretch } from './conformed-copy.ts';
import { endText, type Notes } from './copy-notes.ts';
import { factText } from './fact-text.ts';

/** What the terms of one copy are written with. */
export type Pen = {
  readonly notes: Notes;
  /** The day on which it reads so. */
  readonly day: string;
  readonly changes: ReadonlyMap<ChangeId, ChangeView>;
  /** A party's name, or its id where it has none. */
  readonly nameOf: (partyId: string) => string;
};

/** So many words of an older text stand alone; fewer are taken to be part of what they stand in. */
const ALONE = 4;
const WORD = /\S+/gu;
/** Punctuation and white space alone come from nobody in particular. */
const NAMING = /[\p{L}\p{N}]/u;

const isShort = (text: string): boolean =>
  !/[\r\n]/.test(text) && (text.match(WORD)?.length ?? 0) < ALONE;

/** How late a passage came in: the place of its change among those that made the term, −1 for older ones. */
type Age = (passage: Passage) => number;

/** Where the change of passage `at` goes on behind a few older words; −1 where it does not. */
const goesOn = (passages: readonly Passage[], at: number, age: Age): number => {
  const [passage, ...rest] = passages.slice(at, at + 2 * ALONE);
  if (passage === undefined) return -1;
  let between = '';
  for (const [i, next] of rest.entries()) {
    const says = NAMING.test(next.text);
    if (says && next.changeId === passage.changeId) return at + 1 + i;
    if (says && age(next) > age(passage)) return -1;
    between += next.text;
    if (!isShort(between)) return -1;
  }
  return -1;
};

/** Passages that need a footnote: by another change than the first, and at the end of what it wrote. */
const noted = (
  passages: readonly Passage[],
  causedBy: readonly ChangeId[],
): ReadonlySet<Passage> => {
  const age: Age = ({ changeId }) => causedBy.indexOf(changeId);
  const needs = new Set<Passage>();
  let written = 0;
  passages.forEach((passage, i) => {
    const byChance = age(passage) < 0 && isShort(passage.text);
    const on = goesOn(passages, i, age);
    if (i >= written && age(passage) !== 0 && NAMING.test(passage.text) && !byChance && on < 0) {
      needs.add(passage);
    }
    written = Math.max(written, on);
  });
  return needs;
};

/** A footnote stands behind the last word, not behind the space or the line's end that follows. */
const stretches = (passage: Passage, changed: boolean, notes: readonly number[]): Stretch[] => {
  const { text } = passage;
  if (notes.length === 0) return [{ text, changed, notes }];
  const words = text.trimEnd();
  const rest = text.slice(words.length);
  return [
    { text: words, changed, notes },
    ...(rest === '' ? [] : [{ text: rest, changed, notes: [] }]),
  ];
};

const OVERLAYS: { readonly [kind in OverlayState['kind']]: string } = {
  WAIVER: 'Waived',
  SUSPENSION: 'Suspended',
  FORBEARANCE: 'Under forbearance',
  SIDE_LETTER: 'Subject to a side letter',
};

const overlayRemark = (overlay: OverlayState, { notes, changes, nameOf }: Pen): Item => {
  const { kind, overlayId, between, text, changeId } = overlay;
  const view = changes.get(changeId);
  const until = view && endText(view);
  const whom = between === undefined ? '' : ` between ${between.map(nameOf).join(' and ')}`;
  return {
    text: `${OVERLAYS[kind]}${whom}${until === '' ? ' until it is lifted' : until} (${overlayId})`,
    notes: notes.on([changeId]),
    texts: text === undefined ? [] : [text],
  };
};

const remarks = (term: TermState, pen: Pen): readonly Item[] => {
  const said = (text: string): Item => ({ text, notes: [], texts: [] });
  return [
    ...(term.applies ? [] : [said('Does not apply on this day. What it says stands beneath.')]),
    ...term.overlays.map((overlay) => overlayRemark(overlay, pen)),
    ...(term.certain
      ? []
      : [said('Uncertain: a date that is not exactly known may have changed it by this day.')]),
  ];
};

const TITLE = ['number', 'heading'] as const;

/** Changes that the reader meets at the term's title: its first, those of the title, and those without a place. */
const atTitle = (term: TermState, fields: Blame['fields'], placed: Iterable<ChangeId>) => {
  const [first] = term.causedBy;
  const elsewhere = new Set(placed);
  const unplaced = term.causedBy.filter((changeId) => !elsewhere.has(changeId));
  const titles = TITLE.flatMap((field) => fields[field] ?? []);
  return new Set([...(first === undefined ? [] : [first]), ...titles, ...unplaced]);
};

/** A term as it reads. @param blame where its words come from; absent: nobody can say */
export const copyTerm = (term: TermState, blame: Blame | undefined, pen: Pen): CopyTerm => {
  const { termId, value, causedBy, applies } = term;
  const [first] = causedBy;
  const fields: Blame['fields'] = blame?.fields ?? {};
  const unknown = first === undefined ? [] : [{ text: value.prose ?? '', changeId: first }];
  const passages = blame?.passages ?? unknown;
  const needs = noted(passages, causedBy);
  const facts = Object.entries(value.facts).map(([name, fact]) => {
    const by = fields[`facts.${name}`];
    const text = 'party' in fact ? pen.nameOf(fact.party) : factText(fact);
    return { name, text, by: by === undefined || by === first ? [] : [by] };
  });
  const placed = [...[...needs].map(({ changeId }) => changeId), ...facts.flatMap(({ by }) => by)];
  // Footnotes are numbered as they are asked for, which is the order in which they are read.
  return {
    termId,
    title: TITLE.flatMap((field) => value[field] ?? []).join(' ') || termId,
    notes: pen.notes.on(atTitle(term, fields, placed)),
    applies,
    remarks: remarks(term, pen),
    prose: passages.flatMap((passage) =>
      stretches(
        passage,
        passage.changeId !== first,
        needs.has(passage) ? pen.notes.on([passage.changeId]) : [],
      ),
    ),
    facts: facts.map(({ name, text, by }) => ({
      name,
      value: { text, notes: pen.notes.on(by), texts: [] },
    })),
  };
};
