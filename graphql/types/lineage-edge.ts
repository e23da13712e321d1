import type { LineageEdge as Edge } from '#projections/state.ts';
import { builder } from '../builder.ts';

export const LineageEdge = builder.objectRef<Edge>('LineageEdge').implement({
  description: 'Where one term’s meaning went.',
  fields: (t) => ({
    from: t.exposeID('from'),
    to: t.exposeID('to'),
    changeId: t.exposeID('changeId'),
  }),
});
