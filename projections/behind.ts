import { type DayNumber, NEVER } from '#events/days.ts';
import { bounds } from '#events/edtf.ts';
import { type ChangeEvent, type DataOf, isChange, type Recorded } from '#events/event.ts';
import { isInstant } from '#events/instants.ts';
import { actsOn, bringsIn } from './fold/change.ts';
import { mayEnd } from './prospect.ts';

/** The last day on which something stated as a text may start; NEVER where that can not be told from it. */
const latest = (date: unknown): DayNumber =>
  typeof date === 'string' && !isInstant(date) ? bounds(date).latest : NEVER;

/**
 * Tells new changes apart that have nothing ahead of them, by what they and their paper say alone: most of a
 * history is recorded when its days have come. Terms are remembered whose changes all are like that, because no
 * change starts before its term (model §6.3).
 */
export class Behind {
  readonly #ahead = new Set<string>();
  readonly #known = new Set<string>();
  #operated = false;

  /** A record operation may put anything anywhere: from then on nothing is told from its words. */
  operate(): void {
    this.#operated = true;
  }

  /** Whether nothing lies ahead of a change on that day; false where that takes a closer look. */
  holds(change: ChangeEvent & Recorded, append: readonly Recorded[], today: DayNumber): boolean {
    const isBehind = this.#startsBehind(change, append, today);
    for (const term of bringsIn(change)) {
      this.#known.add(term);
      if (!isBehind) this.#ahead.add(term);
    }
    return isBehind;
  }

  #startsBehind(change: ChangeEvent, append: readonly Recorded[], today: DayNumber): boolean {
    if (this.#operated || mayEnd(change.data) || change.type === 'TermRectified') return false;
    const terms = actsOn(change);
    if (!terms.every((term) => this.#known.has(term) && !this.#ahead.has(term))) return false;
    const paper = paperIn(append, change.data.instrumentId);
    if (paper === undefined) return false;
    const { effectiveFrom = paper.effectiveFrom } = change.data;
    const { executedAt = paper.executedAt, announcedAt = paper.announcedAt } = change.data;
    return latest(effectiveFrom ?? executedAt ?? announcedAt) < today;
  }
}

const paperIn = (
  append: readonly Recorded[],
  instrumentId: string,
): DataOf<'InstrumentRecorded'> | undefined => {
  for (const event of append) {
    if (isChange(event) || event.type !== 'InstrumentRecorded') continue;
    if (event.data.instrumentId === instrumentId) return event.data;
  }
  return undefined;
};
