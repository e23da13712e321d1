import type { TimelineAnswer } from '#app/app.ts';
import type { TimelineEntry as Entry } from '#projections/timeline.ts';
import { builder } from '../builder.ts';
import { Basis } from './basis.ts';
import { Change } from './change.ts';
import { Instrument } from './instrument.ts';

const TimelineEntry = builder.objectRef<Entry>('TimelineEntry').implement({
  description: 'One paper with the changes it made.',
  fields: (t) => ({
    instrument: t.expose('instrument', { type: Instrument }),
    changes: t.field({ type: [Change], resolve: ({ changes }) => [...changes] }),
  }),
});

export const Timeline = builder.objectRef<TimelineAnswer>('Timeline').implement({
  fields: (t) => ({
    entries: t.field({ type: [TimelineEntry], resolve: ({ entries }) => [...entries] }),
    basis: t.field({ type: Basis, resolve: ({ basis }) => basis }),
  }),
});
