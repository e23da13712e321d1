import type { ChangeId, TermId } from '#events/values.ts';
import type { AgreementState, LineageEdge } from '../state.ts';

/** Two terms of which one took the other's place, and the changes along the way. */
export type Link = {
  readonly from: TermId;
  readonly to: TermId;
  readonly changes: readonly ChangeId[];
};

/** Edges walked in one comparison; lineages beyond that are not followed. */
const MOST_STEPS = 1_000_000;

type Ids = ReadonlySet<TermId>;
type Graph = ReadonlyMap<TermId, readonly LineageEdge[]>;

const key = ({ from, to, changeId }: LineageEdge): string => JSON.stringify([from, to, changeId]);

/** What one state says of the terms' lineage and the other does not: what happened between them. */
const only = (of: AgreementState, other: AgreementState): readonly LineageEdge[] => {
  const known = new Set(other.lineage.map(key));
  return of.lineage.filter((edge) => edge.from !== edge.to && !known.has(key(edge)));
};

const grouped = (edges: readonly LineageEdge[], end: 'from' | 'to'): Graph => {
  const graph = new Map<TermId, LineageEdge[]>();
  for (const edge of edges) {
    const same = graph.get(edge[end]);
    if (same === undefined) graph.set(edge[end], [edge]);
    else same.push(edge);
  }
  return graph;
};

type Walk = {
  readonly graph: Graph;
  /** Where an edge leads. */
  readonly towards: 'from' | 'to';
  readonly targets: Ids;
  readonly budget: { steps: number };
};

/** The edge through which each term was reached. */
type Ways = ReadonlyMap<TermId, LineageEdge | undefined>;

/** The changes from the start of the walk to the end of an edge, each once in a row. */
const along = (ways: Ways, last: LineageEdge, { towards, budget }: Walk): readonly ChangeId[] => {
  const back = towards === 'to' ? 'from' : 'to';
  const changes: ChangeId[] = [];
  for (let edge: LineageEdge | undefined = last; edge !== undefined; edge = ways.get(edge[back])) {
    if (changes.at(-1) !== edge.changeId) changes.push(edge.changeId);
    budget.steps--;
  }
  return changes.reverse();
};

type Reached = { readonly termId: TermId; readonly changes: readonly ChangeId[] };

/** The targets that a term leads to, not looking behind any of them. */
const reached = (start: TermId, walk: Walk): readonly Reached[] => {
  const { graph, towards, targets, budget } = walk;
  const ways = new Map<TermId, LineageEdge | undefined>([[start, undefined]]);
  const found: Reached[] = [];
  const step = (edge: LineageEdge): void => {
    const termId = edge[towards];
    if (ways.has(termId) || --budget.steps < 0) return;
    ways.set(termId, edge);
    if (targets.has(termId)) found.push({ termId, changes: along(ways, edge, walk) });
  };
  // A map grows under its own iteration, so what lies behind is reached too.
  for (const termId of ways.keys()) {
    if (termId === start || !targets.has(termId)) graph.get(termId)?.forEach(step);
  }
  return found;
};

const ids = ({ terms }: AgreementState): Ids => new Set(terms.map(({ termId }) => termId));

/** Links along the edges of `later`, from terms of `earlier` that are gone and to terms that are new. */
const forward = (
  earlier: AgreementState,
  later: AgreementState,
  budget: Walk['budget'],
): readonly Link[] => {
  const edges = only(later, earlier);
  if (edges.length === 0) return [];
  const [old, now] = [ids(earlier), ids(later)];
  const down: Walk = { graph: grouped(edges, 'from'), towards: 'to', targets: now, budget };
  const up: Walk = { graph: grouped(edges, 'to'), towards: 'from', targets: old, budget };
  const gone = [...old].filter((termId) => !now.has(termId));
  const come = [...now].filter((termId) => !old.has(termId));
  return [
    ...gone.flatMap((from) =>
      reached(from, down).map(({ termId, changes }) => ({ from, to: termId, changes })),
    ),
    ...come.flatMap((to) =>
      reached(to, up).map(({ termId, changes }) => ({
        from: termId,
        to,
        changes: changes.toReversed(),
      })),
    ),
  ];
};

/**
 * How the terms of two states descend from one another by what happened between them, in either direction
 * of time. A term that both have takes part only where another one came out of it or went into it.
 */
export const linksBetween = (from: AgreementState, to: AgreementState): readonly Link[] => {
  const budget = { steps: MOST_STEPS };
  const back = forward(to, from, budget).map((link) => ({ ...link, from: link.to, to: link.from }));
  return [...forward(from, to, budget), ...back];
};
