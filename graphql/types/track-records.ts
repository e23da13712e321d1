import type { TrackRecords as Told } from '#app/app.ts';
import type { TrackRecord as Tracked } from '#projections/track-record.ts';
import { builder } from '../builder.ts';
import { asQuestion, QuestionInput } from '../question.ts';
import { TrackedSource } from './enums.ts';
import { DayOrInstant, Position } from './scalars.ts';

const TrackRecord = builder.objectRef<Tracked>('TrackRecord').implement({
  description:
    'What became of the claims that one source reported. A claim counts once for each source.',
  fields: (t) => ({
    name: t.exposeString('name'),
    reported: t.exposeInt('reported'),
    confirmed: t.exposeInt('confirmed'),
    partly: t.exposeInt('partly', { description: 'Confirmed in part.' }),
    refuted: t.exposeInt('refuted'),
    lapsed: t.exposeInt('lapsed'),
    withdrawn: t.exposeInt('withdrawn'),
    open: t.exposeInt('open'),
    medianLeadDays: t.exposeFloat('medianLeadDays', {
      nullable: true,
      description:
        'Median of the days from its own first report to the confirmation, in full or in part.',
    }),
  }),
});

const TrackRecords = builder.objectRef<Told>('TrackRecords').implement({
  fields: (t) => ({
    sources: t.field({
      type: [TrackRecord],
      description: 'Those with most reports first.',
      resolve: ({ sources }) => [...sources],
    }),
    knownAt: t.expose('knownAt', { type: DayOrInstant }),
    position: t.expose('position', { type: Position }),
  }),
});

builder.queryField('trackRecords', (t) =>
  t.field({
    type: TrackRecords,
    description:
      'What became of the claims of each source, over all agreements, at a point. What the question assumes is left out.',
    args: {
      of: t.arg({ type: TrackedSource, defaultValue: 'CLAIMANT' }),
      at: t.arg({ type: QuestionInput }),
    },
    resolve: (_, { of, at }, { app }) => app.views.trackRecords(of ?? 'CLAIMANT', asQuestion(at)),
  }),
);
