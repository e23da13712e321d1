import type { ConsentState } from '#projections/state.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Change } from './change.ts';
import { Day } from './scalars.ts';

export type AnchoredConsent = { readonly consent: ConsentState; readonly at: Anchor };

export const Consent = builder.objectRef<AnchoredConsent>('Consent').implement({
  description: 'A permission that one party gave and that holds on the day asked about.',
  fields: (t) => ({
    consentId: t.id({ resolve: ({ consent }) => consent.consentId }),
    by: t.id({ description: 'The party that gave it.', resolve: ({ consent }) => consent.by }),
    to: t.idList({ resolve: ({ consent }) => [...consent.to] }),
    subject: t.string({ resolve: ({ consent }) => consent.subject }),
    terms: t.idList({ resolve: ({ consent }) => [...consent.terms] }),
    since: t.field({ type: Day, nullable: true, resolve: ({ consent }) => consent.since }),
    causedBy: t.field({
      type: Change,
      nullable: true,
      resolve: async ({ consent, at }, _, context) =>
        (await context.changes(at, [consent.changeId]))[0],
    }),
  }),
});
