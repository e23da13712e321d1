import type { Delta as DeltaValue } from '#projections/diff/delta.ts';
import type { FactChange as Changed } from '#projections/diff/facts.ts';
import { builder } from '../builder.ts';
import { Fact, factText } from './fact.ts';

const deltaText = (delta: DeltaValue): string => {
  if ('days' in delta) return `${delta.days} days`;
  return factText(delta);
};

const Delta = builder.objectRef<DeltaValue>('Delta').implement({
  description: 'New minus old, in the fact’s own form; of dates, whole days.',
  fields: (t) => ({
    text: t.string({
      description: 'As people read it: -10 USD, 5 %, 30 days.',
      resolve: (delta) => deltaText(delta),
    }),
    amount: t.string({
      nullable: true,
      resolve: (delta) => ('money' in delta ? delta.money.amount : undefined),
    }),
    currency: t.string({
      nullable: true,
      resolve: (delta) => ('money' in delta ? delta.money.currency : undefined),
    }),
    percent: t.string({
      nullable: true,
      description: 'Percentage points.',
      resolve: (delta) => ('percent' in delta ? delta.percent : undefined),
    }),
    value: t.string({
      nullable: true,
      resolve: (delta) => ('quantity' in delta ? delta.quantity.value : undefined),
    }),
    unit: t.string({
      nullable: true,
      resolve: (delta) => ('quantity' in delta ? delta.quantity.unit : undefined),
    }),
    days: t.int({
      nullable: true,
      resolve: (delta) => ('days' in delta ? delta.days : undefined),
    }),
    duration: t.string({
      nullable: true,
      resolve: (delta) => ('duration' in delta ? delta.duration : undefined),
    }),
  }),
});

export const FactChange = builder.objectRef<Changed>('FactChange').implement({
  description: 'A fact that was not there, is there no more, or states another value.',
  fields: (t) => ({
    name: t.exposeString('name'),
    old: t.string({
      nullable: true,
      description: 'As people read it; null: it was not there.',
      resolve: ({ old }) => (old === undefined ? undefined : factText(old)),
    }),
    new: t.string({
      nullable: true,
      description: 'As people read it; null: it is there no more.',
      resolve: ({ new: now }) => (now === undefined ? undefined : factText(now)),
    }),
    oldFact: t.field({
      type: Fact,
      nullable: true,
      resolve: ({ name, old }) => (old === undefined ? undefined : { name, fact: old }),
    }),
    newFact: t.field({
      type: Fact,
      nullable: true,
      resolve: ({ name, new: now }) => (now === undefined ? undefined : { name, fact: now }),
    }),
    delta: t.expose('delta', {
      type: Delta,
      nullable: true,
      description: 'Where the two can be compared.',
    }),
  }),
});
