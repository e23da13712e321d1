import type { TermId } from '#events/values.ts';
import type { LineageEdge, OverlayState } from '#projections/state.ts';
import type { Dated } from './change.ts';

/** The term and, 1→1, its successors. */
export const withSuccessors = (
  terms: readonly TermId[],
  lineage: readonly LineageEdge[],
): Set<TermId> => {
  const reached = new Set(terms);
  for (const at of reached) {
    for (const edge of lineage) {
      if (edge.from !== at) continue;
      const same = lineage.filter(({ changeId }) => changeId === edge.changeId);
      const out = new Set(same.filter(({ from }) => from === at).map(({ to }) => to));
      const into = new Set(same.filter(({ to }) => to === edge.to).map(({ from }) => from));
      if (out.size === 1 && into.size === 1) reached.add(edge.to);
    }
  }
  return reached;
};

export type Cover = { readonly state: OverlayState; readonly terms: ReadonlySet<TermId> };

/** The overlays that cover the day (§6.8), in order. */
export const coversOf = (candidates: readonly Dated[], lineage: readonly LineageEdge[]): Cover[] =>
  candidates.flatMap(({ id, body }, index) => {
    if (body.type !== 'OverlayApplied') return [];
    const { overlayId, kind, terms, between, text } = body.data;
    const lifted = candidates
      .slice(index + 1)
      .some((c) => c.body.type === 'OverlayLifted' && c.body.data.overlayId === overlayId);
    if (lifted) return [];
    const state = {
      overlayId,
      kind,
      changeId: id,
      ...(between && { between }),
      ...(text !== undefined && { text }),
    };
    return [{ state, terms: withSuccessors(terms, lineage) }];
  });

export const suspends = ({ kind, between }: OverlayState): boolean =>
  (kind === 'WAIVER' || kind === 'SUSPENSION') && between === undefined;
