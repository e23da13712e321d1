import type { ClaimRecord as Recorded, ClaimStep as Step } from '#projections/claim-records.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Change } from './change.ts';
import { Claim } from './claim.ts';
import { ClaimStage, ClaimStepKind } from './enums.ts';
import { EdtfOrInstant } from './scalars.ts';
import { Source } from './source.ts';

const ClaimStep = builder.objectRef<Step & { readonly at: Anchor }>('ClaimStep').implement({
  description: 'One thing that was said of a claim, or became of it.',
  fields: (t) => ({
    what: t.expose('what', { type: ClaimStepKind }),
    on: t.expose('on', { type: EdtfOrInstant }),
    by: t.exposeString('by', {
      nullable: true,
      description: 'Who said so; of a resolution nobody is named.',
    }),
    stage: t.expose('stage', { type: ClaimStage, nullable: true, description: 'Of a report.' }),
    statement: t.exposeString('statement', { nullable: true, description: 'Of a report.' }),
    sources: t.field({ type: [Source], resolve: ({ sources }) => [...sources] }),
    note: t.exposeString('note', { nullable: true }),
    settledBy: t.field({
      type: [Change],
      description: 'Of a resolution: the changes that settled the claim.',
      resolve: async ({ changes, at }, _, context) => [...(await context.changes(at, changes))],
    }),
    afterDays: t.exposeInt('afterDays', {
      nullable: true,
      description: 'Days from the first report.',
    }),
  }),
});

export const ClaimRecord = builder
  .objectRef<{ readonly record: Recorded; readonly at: Anchor }>('ClaimRecord')
  .implement({
    description: 'A claim with who reported, confirmed and denied it, and how it ended.',
    fields: (t) => ({
      claim: t.field({ type: Claim, resolve: ({ record, at }) => ({ claim: record, at }) }),
      openDays: t.int({
        nullable: true,
        description:
          'Days from the first report to the resolution or withdrawal, else to the day asked about.',
        resolve: ({ record }) => record.openDays,
      }),
      steps: t.field({
        type: [ClaimStep],
        description: 'In the order of their days.',
        resolve: ({ record, at }) => record.steps.map((step) => ({ ...step, at })),
      }),
    }),
  });
