import type { PartyState } from '#projections/state.ts';
import { builder } from '../builder.ts';

export const Party = builder.objectRef<PartyState>('Party').implement({
  description: 'A legal person with a stable id; names and successors change over time.',
  fields: (t) => ({
    partyId: t.exposeID('partyId'),
    name: t.exposeString('name'),
    role: t.exposeString('role', { nullable: true }),
    predecessor: t.exposeID('predecessor', {
      nullable: true,
      description: 'The party whose place it took, or which assigned to it.',
    }),
    assignedTo: t.exposeID('assignedTo', {
      nullable: true,
      description: 'To whom it assigned; it stays a party as assignor.',
    }),
  }),
});
