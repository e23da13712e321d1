import type { ClaimsAnswer } from '#app/app.ts';
import { builder } from '../builder.ts';
import { Basis } from './basis.ts';
import { Claim } from './claim.ts';
import { ClaimRecord } from './claim-record.ts';

export type AnchoredClaims = ClaimsAnswer & { readonly agreementId: string };

export const Claims = builder.objectRef<AnchoredClaims>('Claims').implement({
  description: 'All claims about an agreement that were reported by a day, open or not.',
  fields: (t) => ({
    claims: t.field({
      type: [Claim],
      resolve: ({ claims, ...at }) => claims.map((claim) => ({ claim, at })),
    }),
    records: t.field({
      type: [ClaimRecord],
      description: 'The same claims, each with who reported, confirmed and denied it.',
      resolve: ({ claims, ...at }) => claims.map((record) => ({ record, at })),
    }),
    basis: t.field({ type: Basis, resolve: ({ basis }) => basis }),
  }),
});
