import type { Delta } from './delta.ts';
import type { DiffEntry, Effect } from './entry.ts';
import type { FactChange } from './facts.ts';
import type { Materiality } from './material.ts';
import { renumbered } from './moves.ts';
import type { DateChange } from './parts.ts';
import type { StateDiff } from './terms.ts';
import { turned } from './words.ts';

const OPPOSITES: { readonly [E in Effect]?: Effect } = {
  ADDED: 'REMOVED',
  REMOVED: 'ADDED',
  SPLIT: 'MERGED',
  MERGED: 'SPLIT',
  SUSPENDED: 'RESUMED',
  RESUMED: 'SUSPENDED',
};

type Changed<T> = { readonly old?: T; readonly new?: T };

const swapped = <T>({ old, new: now }: Changed<T>): Changed<T> => ({
  ...(now !== undefined && { old: now }),
  ...(old !== undefined && { new: old }),
});

const negated = (text: string): string => {
  if (text.startsWith('-')) return text.slice(1);
  return text === '0' || text === 'P0D' ? text : `-${text}`;
};

const invertDelta = (delta: Delta): Delta => {
  if ('money' in delta) return { money: { ...delta.money, amount: negated(delta.money.amount) } };
  if ('percent' in delta) return { percent: negated(delta.percent) };
  if ('days' in delta) return { days: 0 - delta.days };
  if ('duration' in delta) return { duration: negated(delta.duration) };
  return { quantity: { ...delta.quantity, value: negated(delta.quantity.value) } };
};

const invertFact = (change: FactChange): FactChange => ({
  name: change.name,
  ...swapped(change),
  ...(change.delta && { delta: invertDelta(change.delta) }),
});

const invertDate = ({ old, new: now, days, ...date }: DateChange): DateChange => ({
  ...date,
  ...(now !== undefined && { old: now }),
  ...(old !== undefined && { new: old }),
  ...(days !== undefined && { days: 0 - days }),
});

const invertMaterial = (material: Materiality): Materiality => ({
  ...material,
  removed: material.added,
  added: material.removed,
});

const invertEntry = (entry: DiffEntry): DiffEntry => {
  const { standing, certain } = entry;
  const effect = OPPOSITES[entry.effect] ?? entry.effect;
  return {
    ...entry,
    kind: entry.kind === 'CORRECTED' ? 'CORRECTED' : effect,
    effect,
    from: entry.to,
    to: entry.from,
    fields: entry.fields.map((field) => ({ name: field.name, ...swapped(field) })),
    facts: entry.facts.map(invertFact),
    words: turned(entry.words),
    dates: entry.dates.map(invertDate),
    ...(standing && { standing: swapped(standing) }),
    ...(certain && { certain: { old: certain.new, new: certain.old } }),
    material: entry.material.map(invertMaterial),
    leaves: entry.takes,
    takes: entry.leaves,
  };
};

/**
 * The way back: what the diff in the other direction says, entry for entry, in the order of this one. The causes
 * stay those of the way there; moves are numbered anew, by what is deleted now.
 */
export const invertDiff = ({ agreementId, entries }: StateDiff): StateDiff => {
  const turnedRound = entries.map(invertEntry);
  const words = renumbered(turnedRound.map((entry) => entry.words));
  return {
    agreementId,
    entries: turnedRound.map((entry, at) => ({ ...entry, words: words[at] ?? [] })),
  };
};
