import type { TermId } from '#events/values.ts';
import type { LineageEdge } from '../state.ts';
import { type Change, successorsIn } from './change.ts';

type Edges = readonly LineageEdge[];

const drawn = new WeakMap<Change, Map<TermId, Edges>>();

const draw = (change: Change, from: TermId): Edges =>
  successorsIn(change, from)
    .filter((to) => to !== from)
    .map((to) => ({ from, to, changeId: change.changeId }));

/**
 * The edges by which a change leads from a term to those that take its place. Many terms for many make edges by the
 * million, so each is one object on all days and at all states of knowledge.
 */
export const edgesFrom = (change: Change, from: TermId): Edges => {
  const edges = drawn.get(change) ?? new Map<TermId, Edges>();
  drawn.set(change, edges);
  const known = edges.get(from) ?? draw(change, from);
  edges.set(from, known);
  return known;
};
