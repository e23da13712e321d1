import { same } from '#agreement/differences.ts';
import { content, type Entry, isAway, retractionOf } from '#agreement/rule-state.ts';
import type { DataOf } from '#events/event.ts';

type Payload = { readonly [field: string]: unknown };

/** A record operation as an agreement file has it. */
export type Correction = Payload & { readonly target: string; readonly reason: string };

type Said = DataOf<'RecordCorrected'>;

/** The corrections of an entry that count, each as it is corrected itself, in order. */
const counting = ({ operations }: Entry): readonly Said[] =>
  operations.flatMap((operation) => {
    const says = content(operation);
    return says.type === 'RecordCorrected' && !isAway(operation) ? [says.data] : [];
  });

/**
 * What makes an entry say what it says now. As long as only our record was wrong, the last word is enough; where a source
 * corrected itself at a time, all of them are needed to tell what was public when.
 */
export const correctionsOf = (entry: Entry): readonly Correction[] => {
  const all = counting(entry);
  const isDated = all.some(({ announcedAt }) => announcedAt !== undefined);
  const needed = isDated ? all : all.slice(-1);
  let before: unknown = entry.event.data;
  return needed.flatMap(({ data, reason, announcedAt }) => {
    const isEcho = announcedAt === undefined && same(before, data);
    before = data;
    if (isEcho) return [];
    return { target: entry.key, reason, ...(announcedAt !== undefined && { announcedAt }), data };
  });
};

/** What keeps an entry away. */
export const retractionsOf = (entry: Entry): readonly Correction[] => {
  const retraction = retractionOf(entry);
  if (retraction === undefined) return [];
  const says = content(retraction);
  return says.type === 'RecordRetracted' ? [{ target: entry.key, reason: says.data.reason }] : [];
};
