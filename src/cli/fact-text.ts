import type { Fact } from '#events/facts.ts';

/** A fact as people read it: `13000000000 USD`, `20 %`, `280 days`, `yes`. */
export const factText = (fact: Fact): string => {
  if ('money' in fact) return `${fact.money.amount} ${fact.money.currency}`;
  if ('percent' in fact) return `${fact.percent} %`;
  if ('quantity' in fact) return `${fact.quantity.value} ${fact.quantity.unit}`;
  if ('flag' in fact) return fact.flag ? 'yes' : 'no';
  if ('date' in fact) return fact.date;
  if ('duration' in fact) return fact.duration;
  return 'party' in fact ? fact.party : fact.text;
};
