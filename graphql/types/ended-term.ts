import type { EndedTerm as Ended } from '#projections/state.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Change } from './change.ts';
import { TermStanding } from './enums.ts';

export type AnchoredEnd = { readonly ended: Ended; readonly at: Anchor };

export const EndedTerm = builder.objectRef<AnchoredEnd>('EndedTerm').implement({
  description: 'A term that was in force and is no more.',
  fields: (t) => ({
    termId: t.id({ resolve: ({ ended }) => ended.termId }),
    standing: t.field({ type: TermStanding, resolve: ({ ended }) => ended.standing }),
    causedBy: t.field({
      type: Change,
      nullable: true,
      description: 'What ended it; null when the agreement’s own end date came.',
      resolve: async ({ ended, at }, _, context) => {
        if (ended.causedBy === undefined) return undefined;
        return (await context.changes(at, [ended.causedBy]))[0];
      },
    }),
    successors: t.idList({
      description: 'The terms that took its place.',
      resolve: ({ ended }) => [...ended.successors],
    }),
  }),
});
