import type { TermId } from '#events/values.ts';
import type { Edge } from './apply.ts';

/** The terms named and, through every one-for-one replacement, those that took their place. */
export const withSuccessors = (
  named: readonly TermId[],
  edges: readonly Edge[],
): ReadonlySet<TermId> => {
  const reached = new Set(named);
  // A set grows under its own iteration, so successors of successors are reached too.
  for (const termId of reached) {
    for (const edge of edges) if (edge.from === termId && edge.oneToOne) reached.add(edge.to);
  }
  return reached;
};
