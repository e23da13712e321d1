import type { Fact as FactValue } from '#events/facts.ts';
import { builder } from '../builder.ts';
import { FactKind } from './enums.ts';
import { Edtf } from './scalars.ts';

/** One typed value of a term with its name. */
export type NamedFact = { readonly name: string; readonly fact: FactValue };

/** The facts of a term in the order in which it holds them. */
export const namedFacts = (facts: { readonly [name: string]: FactValue }): readonly NamedFact[] =>
  Object.entries(facts).map(([name, fact]) => ({ name, fact }));

const kindOf = (fact: FactValue) => {
  if ('money' in fact) return 'MONEY' as const;
  if ('percent' in fact) return 'PERCENT' as const;
  if ('quantity' in fact) return 'QUANTITY' as const;
  if ('date' in fact) return 'DATE' as const;
  if ('duration' in fact) return 'DURATION' as const;
  if ('party' in fact) return 'PARTY' as const;
  return 'flag' in fact ? ('FLAG' as const) : ('TEXT' as const);
};

/** A fact as people read it: `100 USD`, `20 %`, `280 days`, `true`. */
export const factText = (fact: FactValue): string => {
  if ('money' in fact) return `${fact.money.amount} ${fact.money.currency}`;
  if ('percent' in fact) return `${fact.percent} %`;
  if ('quantity' in fact) return `${fact.quantity.value} ${fact.quantity.unit}`;
  return String(Object.values(fact)[0]);
};

export const Fact = builder.objectRef<NamedFact>('Fact').implement({
  description:
    'A typed value stated by a term. kind says which of the fields hold it; text reads the same for all kinds.',
  fields: (t) => ({
    name: t.exposeString('name'),
    kind: t.field({ type: FactKind, resolve: ({ fact }) => kindOf(fact) }),
    text: t.string({
      description: 'As people read it: 100 USD, 20 %, 280 days, P10Y.',
      resolve: ({ fact }) => factText(fact),
    }),
    amount: t.string({
      nullable: true,
      description: 'MONEY: a decimal number.',
      resolve: ({ fact }) => ('money' in fact ? fact.money.amount : undefined),
    }),
    currency: t.string({
      nullable: true,
      description: 'MONEY: ISO 4217.',
      resolve: ({ fact }) => ('money' in fact ? fact.money.currency : undefined),
    }),
    percent: t.string({
      nullable: true,
      description: 'PERCENT: a decimal number.',
      resolve: ({ fact }) => ('percent' in fact ? fact.percent : undefined),
    }),
    value: t.string({
      nullable: true,
      description: 'QUANTITY: a decimal number.',
      resolve: ({ fact }) => ('quantity' in fact ? fact.quantity.value : undefined),
    }),
    unit: t.string({
      nullable: true,
      description: 'QUANTITY: what is counted.',
      resolve: ({ fact }) => ('quantity' in fact ? fact.quantity.unit : undefined),
    }),
    date: t.field({
      type: Edtf,
      nullable: true,
      resolve: ({ fact }) => ('date' in fact ? fact.date : undefined),
    }),
    duration: t.string({
      nullable: true,
      description: 'DURATION: ISO 8601.',
      resolve: ({ fact }) => ('duration' in fact ? fact.duration : undefined),
    }),
    party: t.id({
      nullable: true,
      resolve: ({ fact }) => ('party' in fact ? fact.party : undefined),
    }),
    flag: t.boolean({
      nullable: true,
      resolve: ({ fact }) => ('flag' in fact ? fact.flag : undefined),
    }),
  }),
});
