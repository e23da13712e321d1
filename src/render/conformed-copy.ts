/** What a conformed copy says, whatever it is printed as. */
import type { Basis } from '#app/app.ts';
import type { Source } from '#events/source.ts';

/** Numbers of footnotes, which count from 1. */
export type Marks = readonly number[];

/** A stretch of text with the footnotes that stand behind it. */
export type Stretch = {
  readonly text: string;
  /** True where another change than the one that brought the term in set these words. */
  readonly changed: boolean;
  readonly notes: Marks;
};

/** One line of a list, with texts beneath. */
export type Item = {
  readonly text: string;
  readonly notes: Marks;
  readonly texts: readonly string[];
};

export type CopyTerm = {
  readonly termId: string;
  /** Number and heading; the term's id where it has neither. */
  readonly title: string;
  readonly notes: Marks;
  readonly applies: boolean;
  /** What a reader must know before the text: that it is waived, or uncertain. */
  readonly remarks: readonly Item[];
  /** Joined they are the prose, to the character. */
  readonly prose: readonly Stretch[];
  readonly facts: readonly { readonly name: string; readonly value: Item }[];
};

export type CopyList = { readonly heading: string; readonly items: readonly Item[] };

export type Footnote = { readonly text: string; readonly sources: readonly Source[] };

/** The agreement as it reads on one day. */
export type ConformedCopy = {
  readonly title: string;
  readonly basis: Basis;
  /** Standing and end of the agreement, or why there is nothing to read. */
  readonly standing: string;
  readonly parties: readonly string[];
  /** Limits of what was observed, then findings. */
  readonly warnings: readonly string[];
  readonly terms: readonly CopyTerm[];
  /** What stands beside the terms; lists without items are left out. */
  readonly lists: readonly CopyList[];
  /** Note n is the n-th. */
  readonly footnotes: readonly Footnote[];
};

/** What every conformed copy says of itself. */
export const NO_LEGAL_EFFECT =
  'Conformed copy, derived from the record. It has no legal effect: the instruments alone have.';

/** `Microsoft–OpenAI partnership agreement, as it reads on 2025-03-01`. */
export const copyTitle = ({ title, basis }: ConformedCopy): string =>
  `${title}, as it reads on ${basis.effectiveOn}`;
