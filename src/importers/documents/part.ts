import type { TermId } from '#events/values.ts';

/** A stretch of a document with a meaning of its own. The texts of all parts, joined in order, are the document. */
export type Part = {
  /** In capitals: PREAMBLE, SECTION, CLAUSE, LIST_ITEM, DEFINITION, … */
  readonly kind: string;
  /** One line, as it reads without its markup. */
  readonly heading?: string;
  /** As the document numbers it: `4.2`, `(a)`. */
  readonly number?: string;
  readonly text: string;
};

/** A part that is a term of an agreement. */
export type TermPart = Part & { readonly termId: TermId };
