import type { Finding as Found } from '#projections/state.ts';
import { builder } from '../builder.ts';
import { FindingCode } from './enums.ts';

export const Finding = builder.objectRef<Found>('Finding').implement({
  description: 'Something a reader must know before relying on the answer.',
  fields: (t) => ({
    code: t.expose('code', { type: FindingCode }),
    message: t.exposeString('message'),
    changes: t.idList({
      description: 'The changes concerned, in the order in which the rule names them.',
      resolve: ({ changes }) => [...changes],
    }),
    terms: t.idList({ resolve: ({ terms }) => [...terms] }),
  }),
});
