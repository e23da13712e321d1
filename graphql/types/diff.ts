import type { DiffAnswer } from '#app/app.ts';
import { builder } from '../builder.ts';
import { Basis } from './basis.ts';
import { DiffEntry } from './diff-entry.ts';

export type AnchoredDiff = DiffAnswer & { readonly agreementId: string };

export const Diff = builder.objectRef<AnchoredDiff>('Diff').implement({
  description: 'What differs between two states: the agreement itself, then its terms in order.',
  fields: (t) => ({
    entries: t.field({
      type: [DiffEntry],
      resolve: ({ diff, from, to, agreementId }) =>
        diff.entries.map((entry) => ({
          entry,
          from: { agreementId, basis: from.basis },
          to: { agreementId, basis: to.basis },
        })),
    }),
    from: t.field({ type: Basis, resolve: ({ from }) => from.basis }),
    to: t.field({ type: Basis, resolve: ({ to }) => to.basis }),
  }),
});
