import type { RightState } from '#projections/state.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Change } from './change.ts';
import { RightOutcome } from './enums.ts';
import { Day } from './scalars.ts';

export type AnchoredRight = { readonly right: RightState; readonly at: Anchor };

export const Right = builder.objectRef<AnchoredRight>('Right').implement({
  description: 'What became of a right (first refusal, option) on one occasion.',
  fields: (t) => ({
    termId: t.id({ resolve: ({ right }) => right.termId }),
    outcome: t.field({ type: RightOutcome, resolve: ({ right }) => right.outcome }),
    subject: t.string({ nullable: true, resolve: ({ right }) => right.subject }),
    on: t.field({ type: Day, nullable: true, resolve: ({ right }) => right.on }),
    causedBy: t.field({
      type: Change,
      nullable: true,
      resolve: async ({ right, at }, _, context) =>
        (await context.changes(at, [right.changeId]))[0],
    }),
  }),
});
