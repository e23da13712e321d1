import type { BisectAnswer } from '#app/app.ts';
import type { Day as DayOf } from '#events/days.ts';
import type * as Bisected from '#projections/bisect/bisect.ts';
import type { Stretch } from '#projections/stretches.ts';
import { builder } from '../builder.ts';
import { Basis } from './basis.ts';
import { Day, Instant, Position } from './scalars.ts';

export const DayStretch = builder.objectRef<Stretch<DayOf>>('DayStretch').implement({
  description: 'A stretch of days.',
  fields: (t) => ({
    from: t.expose('from', { type: Day, nullable: true, description: 'Null: open.' }),
    until: t.expose('until', {
      type: Day,
      nullable: true,
      description: 'First day behind it; null: open.',
    }),
  }),
});

const Moment = builder.objectRef<Bisected.Moment>('Moment').implement({
  description: 'A place in what was known.',
  fields: (t) => ({
    at: t.expose('at', {
      type: Instant,
      description: 'When the log accepted it; under PUBLIC knowledge, when it was public.',
    }),
    position: t.expose('position', {
      type: Position,
      nullable: true,
      description: 'The place in the log; null under PUBLIC knowledge.',
    }),
  }),
});

const KnownStretch = builder.objectRef<Bisected.KnownStretch>('KnownStretch').implement({
  description: 'A stretch of knowledge in which a condition holds of one day.',
  fields: (t) => ({
    from: t.expose('from', {
      type: Moment,
      nullable: true,
      description: 'Null: from the beginning.',
    }),
    until: t.expose('until', { type: Moment, nullable: true, description: 'Null: open.' }),
  }),
});

export const Bisection = builder.objectRef<BisectAnswer>('Bisection').implement({
  description: 'Where a condition holds. It may hold, cease, and hold again.',
  fields: (t) => ({
    days: t.field({
      type: [DayStretch],
      description: 'Along the days, as known at the point; the first begins with the first day.',
      resolve: ({ days }) => [...days],
    }),
    known: t.field({
      type: [KnownStretch],
      description:
        'Along what was known up to the point, for its day; the first begins when we first knew.',
      resolve: ({ known }) => [...known],
    }),
    basis: t.field({ type: Basis, resolve: ({ basis }) => basis }),
  }),
});
