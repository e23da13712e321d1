import type { LineageAnswer } from '#app/app.ts';
import type * as Traced from '#projections/lineage.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Basis } from './basis.ts';
import { DayStretch } from './bisection.ts';
import { Change } from './change.ts';
import { Day } from './scalars.ts';

export type AnchoredLineage = LineageAnswer & { readonly agreementId: string };

const Descent = builder.objectRef<Traced.Descent & { readonly at: Anchor }>('Descent').implement({
  description: 'One term that took the place of another, by one change.',
  fields: (t) => ({
    from: t.exposeID('from'),
    to: t.exposeID('to'),
    changeId: t.exposeID('changeId'),
    change: t.field({
      type: Change,
      nullable: true,
      resolve: async ({ changeId, at }, _, context) => (await context.changes(at, [changeId]))[0],
    }),
    on: t.expose('on', { type: Day, nullable: true, description: 'First day of the change.' }),
    kept: t.exposeFloat('kept', {
      nullable: true,
      description:
        'The part of the older prose that stands in the newer, 0 to 1, told from the words that both share; null without older prose, and where others of one answer took all the work that it may take.',
    }),
    taken: t.exposeFloat('taken', {
      nullable: true,
      description: 'The part of the newer prose that stood in the older, 0 to 1; null likewise.',
    }),
  }),
});

const Relative = builder.objectRef<Traced.Relative>('Relative').implement({
  description: 'A term in a lineage.',
  fields: (t) => ({
    termId: t.exposeID('termId'),
    inForce: t.field({ type: [DayStretch], resolve: ({ inForce }) => [...inForce] }),
  }),
});

export const Lineage = builder.objectRef<AnchoredLineage>('Lineage').implement({
  description: 'Where a term came from and where it went, over all days.',
  fields: (t) => ({
    termId: t.exposeID('termId'),
    inForce: t.field({ type: [DayStretch], resolve: ({ inForce }) => [...inForce] }),
    predecessors: t.field({
      type: [Relative],
      description: 'Nearest first.',
      resolve: ({ predecessors }) => [...predecessors],
    }),
    successors: t.field({
      type: [Relative],
      description: 'Nearest first.',
      resolve: ({ successors }) => [...successors],
    }),
    edges: t.field({
      type: [Descent],
      description: 'In the order of their days.',
      resolve: ({ edges, ...at }) => edges.map((edge) => ({ ...edge, at })),
    }),
    basis: t.field({ type: Basis, resolve: ({ basis }) => basis }),
  }),
});
