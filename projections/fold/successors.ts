import type { TermId } from '#events/values.ts';
import type { LineageEdge } from '../state.ts';

/** A change that replaced this one term by that one alone. */
const oneToOne = ({ changeId, from, to }: LineageEdge, edges: readonly LineageEdge[]): boolean =>
  edges.every(
    (other) => other.changeId !== changeId || (other.from === from) === (other.to === to),
  );

/** The terms named and, through every one-for-one replacement, those that took their place. */
export const withSuccessors = (
  named: readonly TermId[],
  edges: readonly LineageEdge[],
): ReadonlySet<TermId> => {
  const reached = new Set(named);
  // A set grows under its own iteration, so successors of successors are reached too.
  for (const termId of reached) {
    for (const edge of edges) {
      if (edge.from === termId && oneToOne(edge, edges)) reached.add(edge.to);
    }
  }
  return reached;
};
