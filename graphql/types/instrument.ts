import { isoInstant } from '#events/instants.ts';
import type { InstrumentView } from '#projections/change-view.ts';
import { builder } from '../builder.ts';
import { Edtf, EdtfOrInstant, Instant } from './scalars.ts';
import { Source } from './source.ts';

export const Instrument = builder.objectRef<InstrumentView>('Instrument').implement({
  description: 'The paper or act that makes or evidences changes, as the record says it.',
  fields: (t) => ({
    instrumentId: t.exposeID('instrumentId'),
    eventId: t.exposeID('eventId'),
    kind: t.exposeString('kind', { description: 'ORIGINAL, AMENDMENT, SIDE_LETTER, MOU, …' }),
    title: t.exposeString('title'),
    executedAt: t.expose('executedAt', {
      type: Edtf,
      nullable: true,
      description: 'When the parties bound themselves.',
    }),
    announcedAt: t.expose('announcedAt', {
      type: EdtfOrInstant,
      nullable: true,
      description: 'When the public could know.',
    }),
    sources: t.field({ type: [Source], resolve: ({ sources }) => [...sources] }),
    sourceOrder: t.exposeInt('sourceOrder', {
      nullable: true,
      description: 'Of a document’s version: place in its source’s own order, from 1.',
    }),
    note: t.exposeString('note', { nullable: true }),
    recordedAt: t.field({
      type: Instant,
      description: 'When our log accepted it.',
      resolve: ({ recordedAt }) => isoInstant(recordedAt),
    }),
    retracted: t.exposeBoolean('retracted', {
      description: 'The record of it was taken back.',
    }),
  }),
});
