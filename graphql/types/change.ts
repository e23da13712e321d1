import type { ConditionalStart as Waiting } from '#events/change.ts';
import { isoInstant } from '#events/instants.ts';
import type { ChangeView } from '#projections/change-view.ts';
import { builder } from '../builder.ts';
import { ChangeStanding, EventType, Grade } from './enums.ts';
import { Instrument } from './instrument.ts';
import { Day, Edtf, EdtfOrInstant, Instant, Json, Position } from './scalars.ts';
import { Source } from './source.ts';

const Condition = builder.objectRef<Waiting['onConditions'][number]>('Condition').implement({
  fields: (t) => ({
    conditionId: t.exposeID('conditionId'),
    description: t.exposeString('description', { nullable: true }),
  }),
});

const ConditionalStart = builder.objectRef<Waiting>('ConditionalStart').implement({
  description: 'A start that waits for all of these conditions.',
  fields: (t) => ({
    onConditions: t.expose('onConditions', { type: [Condition] }),
    notBefore: t.expose('notBefore', { type: Edtf, nullable: true }),
    longStop: t.expose('longStop', {
      type: Edtf,
      nullable: true,
      description: 'The last day in time.',
    }),
  }),
});

export const Change = builder.objectRef<ChangeView>('Change').implement({
  description:
    'What one instrument does to one term or to the agreement, with all that it takes from its instrument filled in.',
  fields: (t) => ({
    changeId: t.exposeID('changeId'),
    eventId: t.exposeID('eventId'),
    type: t.expose('type', { type: EventType }),
    instrument: t.expose('instrument', { type: Instrument, nullable: true }),
    terms: t.idList({
      description: 'The terms that it names or brings in.',
      resolve: ({ terms }) => [...terms],
    }),
    standing: t.expose('standing', { type: ChangeStanding }),
    effectiveFrom: t.field({
      type: Edtf,
      nullable: true,
      description: 'First day of its legal effect; null where it is not known or waits.',
      resolve: ({ effectiveFrom }) =>
        typeof effectiveFrom === 'string' ? effectiveFrom : undefined,
    }),
    waitsFor: t.field({
      type: ConditionalStart,
      nullable: true,
      description: 'The conditions that its legal effect waits for.',
      resolve: ({ effectiveFrom }) =>
        typeof effectiveFrom === 'object' ? effectiveFrom : undefined,
    }),
    effectiveUntil: t.expose('effectiveUntil', {
      type: Edtf,
      nullable: true,
      description: 'First day on which it has no effect any more.',
    }),
    earliest: t.expose('earliest', {
      type: Day,
      nullable: true,
      description: 'First day on which it may have started.',
    }),
    latest: t.expose('latest', {
      type: Day,
      nullable: true,
      description: 'First day on which it has certainly started.',
    }),
    executedAt: t.expose('executedAt', { type: Edtf, nullable: true }),
    announcedAt: t.expose('announcedAt', { type: EdtfOrInstant, nullable: true }),
    evidence: t.expose('evidence', { type: Grade }),
    sources: t.field({ type: [Source], resolve: ({ sources }) => [...sources] }),
    note: t.exposeString('note', { nullable: true }),
    recordedAt: t.field({
      type: Instant,
      resolve: ({ recordedAt }) => isoInstant(recordedAt),
    }),
    position: t.expose('position', { type: Position }),
    data: t.field({
      type: Json,
      description: 'The whole payload as the record says it now.',
      resolve: ({ data }) => data,
    }),
  }),
});
