import type { Fact } from '#events/facts.ts';
import type { Delta } from '#projections/diff/delta.ts';

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

const signed = (text: string): string => (text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`);

/** New minus old as people read it: `+20 EUR`, `−5 points`, `+30 days`. */
export const deltaText = (delta: Delta): string => {
  if ('days' in delta)
    return signed(`${delta.days} ${Math.abs(delta.days) === 1 ? 'day' : 'days'}`);
  if ('percent' in delta) return signed(`${delta.percent} points`);
  return signed(factText(delta));
};
