import type { TermAnswer } from '#app/app.ts';
import type { TermSpan as Span } from '#projections/term-history.ts';
import { builder } from '../builder.ts';
import type { Anchor } from '../change-loaders.ts';
import { Basis } from './basis.ts';
import { Day } from './scalars.ts';
import { AnchoredTerm, Term } from './term.ts';

export type AnchoredHistory = TermAnswer & { readonly agreementId: string };
type AnchoredSpan = { readonly span: Span; readonly at: Anchor };

const TermSpan = builder.objectRef<AnchoredSpan>('TermSpan').implement({
  description: 'A stretch of days during which one term said the same.',
  fields: (t) => ({
    from: t.field({ type: Day, resolve: ({ span }) => span.from }),
    until: t.field({
      type: Day,
      nullable: true,
      description: 'First day of the next stretch; null: open.',
      resolve: ({ span }) => span.until,
    }),
    term: t.field({
      type: Term,
      nullable: true,
      description: 'Null while it was not in force.',
      resolve: ({ span, at }) =>
        span.term === undefined ? undefined : new AnchoredTerm(span.term, at),
    }),
  }),
});

export const TermHistory = builder.objectRef<AnchoredHistory>('TermHistory').implement({
  description: 'One term along the effective axis, with its lineage.',
  fields: (t) => ({
    termId: t.exposeID('termId'),
    spans: t.field({
      type: [TermSpan],
      resolve: ({ spans, ...at }) => spans.map((span) => ({ span, at })),
    }),
    predecessors: t.idList({
      description: 'The terms it came from, nearest first.',
      resolve: ({ predecessors }) => [...predecessors],
    }),
    successors: t.idList({
      description: 'The terms that took its place, nearest first.',
      resolve: ({ successors }) => [...successors],
    }),
    basis: t.field({ type: Basis, resolve: ({ basis }) => basis }),
  }),
});
