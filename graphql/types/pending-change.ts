import type { PendingChange as Pending } from '#projections/state.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Change } from './change.ts';
import { ChangeStanding } from './enums.ts';
import { Day } from './scalars.ts';

export type AnchoredPending = { readonly pending: Pending; readonly at: Anchor };

export const PendingChange = builder.objectRef<AnchoredPending>('PendingChange').implement({
  description: 'A change that is not in force yet, or never will be.',
  fields: (t) => ({
    changeId: t.id({ resolve: ({ pending }) => pending.changeId }),
    change: t.field({
      type: Change,
      nullable: true,
      resolve: async ({ pending, at }, _, context) =>
        (await context.changes(at, [pending.changeId]))[0],
    }),
    standing: t.field({ type: ChangeStanding, resolve: ({ pending }) => pending.standing }),
    terms: t.idList({ resolve: ({ pending }) => [...pending.terms] }),
    earliest: t.field({
      type: Day,
      nullable: true,
      description: 'First day on which it may start.',
      resolve: ({ pending }) => pending.earliest,
    }),
    latest: t.field({
      type: Day,
      nullable: true,
      description: 'First day on which it will certainly have started.',
      resolve: ({ pending }) => pending.latest,
    }),
    conditions: t.idList({
      description: 'The conditions still open.',
      resolve: ({ pending }) => [...pending.conditions],
    }),
  }),
});
