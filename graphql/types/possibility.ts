import type { Possibility as Possible } from '#projections/state.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Change } from './change.ts';
import { PossibilityKind } from './enums.ts';

export type AnchoredPossibility = { readonly possible: Possible; readonly at: Anchor };

export const Possibility = builder.objectRef<AnchoredPossibility>('Possibility').implement({
  description: 'A date whose bounds the day lies in: it may or may not have come.',
  fields: (t) => ({
    changeId: t.id({ resolve: ({ possible }) => possible.change }),
    change: t.field({
      type: Change,
      nullable: true,
      description: 'The change; for EXPIRED the one that stated the agreement’s end.',
      resolve: async ({ possible, at }, _, context) =>
        (await context.changes(at, [possible.change]))[0],
    }),
    what: t.field({ type: PossibilityKind, resolve: ({ possible }) => possible.what }),
    terms: t.idList({ resolve: ({ possible }) => [...possible.terms] }),
  }),
});
