import { earliestMs } from '#events/instants.ts';
import type { InstrumentData } from './change.ts';
import type { Knowledge } from './knowledge.ts';
import type { Raw } from './raw-finding.ts';

/** Versions named in one message. */
const MOST_NAMED = 5;

type Ranked = { readonly order: number; readonly moment: number; readonly data: InstrumentData };

const ranked = ({ instruments }: Knowledge): readonly Ranked[] =>
  [...instruments.values()]
    .filter(({ known }) => known.retractedBy === undefined)
    .flatMap(({ data }) => {
      const { sourceOrder: order, announcedAt } = data;
      if (order === undefined || announcedAt === undefined || announcedAt === 'unknown') return [];
      return { order, moment: earliestMs(announcedAt), data };
    })
    .toSorted((a, b) => a.order - b.order || a.moment - b.moment);

/** By instruments: states of knowledge in which nothing is said anew share them. */
const worked = new WeakMap<Knowledge['instruments'], readonly Raw[]>();

const workOut = (knowledge: Knowledge): readonly Raw[] => {
  let latest = Number.NEGATIVE_INFINITY;
  const behind: string[] = [];
  for (const { moment, data } of ranked(knowledge)) {
    if (moment < latest) behind.push(data.instrumentId);
    latest = Math.max(latest, moment);
  }
  if (behind.length === 0) return [];
  const named = behind.slice(0, MOST_NAMED).join(', ');
  const more = behind.length > MOST_NAMED ? ` and ${behind.length - MOST_NAMED} more` : '';
  const message = `${named}${more} stand behind versions of later dates in their source’s own order`;
  return [{ code: 'SOURCE_ORDER', changes: [], terms: [], message }];
};

/** One finding for all versions that stand, in their source's own order, behind one that is dated after them. */
export const outOfOrder = (knowledge: Knowledge): readonly Raw[] => {
  const known = worked.get(knowledge.instruments) ?? workOut(knowledge);
  worked.set(knowledge.instruments, known);
  return known;
};
