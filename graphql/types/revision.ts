import type { Revision as Revised } from '#projections/state.ts';
import { builder } from '../builder.ts';
import { RevisionKind } from './enums.ts';

export const Revision = builder.objectRef<Revised>('Revision').implement({
  description: 'A change of which the record says something else than was recorded first.',
  fields: (t) => ({
    changeId: t.exposeID('changeId'),
    how: t.expose('how', { type: RevisionKind }),
    eventId: t.id({
      description: 'The record operation that says so.',
      resolve: ({ by }) => by,
    }),
  }),
});
