import type { TermId } from '#events/values.ts';
import type { EndedTerm, Finding, TermState } from '../state.ts';
import type { Sight } from './columns.ts';
import { frameOnDay, type Ground } from './joined.ts';
import type { Track } from './track.ts';

/** What there is to know of one term at a point: whether it is in force or ended, and what there is to report. */
export type TermView = {
  readonly terms: readonly TermState[];
  readonly ended: readonly EndedTerm[];
  readonly findings: readonly Pick<Finding, 'code' | 'terms'>[];
};

const NOTHING: TermView = { terms: [], ended: [], findings: [] };

/** The same as the whole state says of the term, without the cost of all others. */
export const viewOfTerm = (
  ground: Ground,
  sight: Sight,
  termId: TermId,
  track: Track | undefined,
): TermView => {
  const { frame } = ground;
  if (frame.empty !== undefined) return NOTHING;
  const isIt = (term: { readonly termId: TermId }): boolean => term.termId === termId;
  const said = frame.findings.filter(({ terms }) => terms.includes(termId));
  const own = track?.findings(frameOnDay(ground, sight), sight) ?? [];
  return {
    terms: frame.terms.filter(isIt).map((term) => track?.at(term, sight) ?? term),
    ended: frame.ended.filter(isIt),
    findings: [...said, ...own].map(({ code }) => ({ code, terms: [termId] })),
  };
};
