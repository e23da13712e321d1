import type { ClaimState } from '#projections/state.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Change } from './change.ts';
import { ClaimOutcome, ClaimStage } from './enums.ts';
import { EdtfOrInstant } from './scalars.ts';

export type AnchoredClaim = { readonly claim: ClaimState; readonly at: Anchor };

export const Claim = builder.objectRef<AnchoredClaim>('Claim').implement({
  description:
    'Somebody says that a change is coming, was made, or was not. A claim never alters terms in force.',
  fields: (t) => ({
    claimId: t.id({ resolve: ({ claim }) => claim.claimId }),
    stage: t.field({ type: ClaimStage, resolve: ({ claim }) => claim.stage }),
    open: t.boolean({
      description: 'Neither resolved nor withdrawn on the day asked about.',
      resolve: ({ claim }) => claim.open,
    }),
    outcome: t.field({
      type: ClaimOutcome,
      nullable: true,
      resolve: ({ claim }) => claim.outcome,
    }),
    statement: t.string({ resolve: ({ claim }) => claim.statement }),
    by: t.string({ description: 'Who says so.', resolve: ({ claim }) => claim.by }),
    reportedAt: t.field({
      type: EdtfOrInstant,
      description: 'The first report’s date.',
      resolve: ({ claim }) => claim.reportedAt,
    }),
    resolvedOn: t.field({
      type: EdtfOrInstant,
      nullable: true,
      resolve: ({ claim }) => claim.resolvedOn,
    }),
    resolvedBy: t.field({
      type: [Change],
      description: 'The changes that settled it.',
      resolve: async ({ claim, at }, _, context) => [
        ...(await context.changes(at, claim.resolvedBy)),
      ],
    }),
    leadTimeDays: t.int({
      nullable: true,
      description: 'Days from the first report to the resolution.',
      resolve: ({ claim }) => claim.leadTimeDays,
    }),
    denied: t.boolean({
      description: 'Somebody denied it; that leaves it open.',
      resolve: ({ claim }) => claim.denied,
    }),
    corroborated: t.boolean({ resolve: ({ claim }) => claim.corroborated }),
    about: t.idList({
      description: 'The terms that it is about.',
      resolve: ({ claim }) => [...claim.about],
    }),
  }),
});
