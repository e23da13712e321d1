import { type DayNumber, NEVER } from '#events/days.ts';
import { bounds, isExact } from '#events/edtf.ts';
import { type EpochMs, isInstant } from '#events/instants.ts';
import type { TermId } from '#events/values.ts';
import { countWhile } from '../search.ts';
import { type Change, isVersion } from './change.ts';
import { executionDay } from './execution.ts';
import type { Reading } from './known.ts';
import { inOrder } from './order.ts';
import { publicSince } from './publicity.ts';

/** What coordinates show, and the day asked about. */
export type Sight = {
  readonly seen: number;
  readonly reading: Reading;
  readonly executedBy: DayNumber;
  readonly day: DayNumber;
};

/** A change of one term on exact days. */
type Row = {
  readonly change: Change;
  readonly place: number;
  readonly from: DayNumber;
  readonly executedOn: DayNumber;
  readonly since: EpochMs;
};

/** A stretch of a term's changes, from the one that brings it in on; `isOwn`: they are about this term alone. */
type Life = { readonly start: number; isOwn: boolean };

/** A term that comes and goes: its changes in their order, the indexes of their events, and its lives. */
type Lives = {
  readonly rows: Row[];
  readonly places: number[];
  readonly lives: Life[];
  isThere: boolean;
};

/** For each event whether it is left out: 1 where it is. */
export type LeftOut = Uint8Array;

/** With fewer changes behind them, what is left out is not worth the search. */
export const LEAST = 200;

const isExactDate = (date: string): boolean => isInstant(date) || isExact(bounds(date));

/** Whether whoever sees the second sees the first, and finds nothing to say of the two together. */
const follow = (before: Row, after: Row): boolean =>
  inOrder(before, after) < 0 &&
  before.executedOn <= after.executedOn &&
  before.since <= after.since &&
  (before.from < after.from || (isVersion(before.change) && isVersion(after.change)));

const rowFrom = (change: Change, place: number, zone: string): Row | undefined => {
  const { from, until, announced } = change;
  if (typeof from !== 'string' || until !== undefined || isInstant(from)) return undefined;
  if (announced === undefined || !isExactDate(announced) || 'expects' in change.data)
    return undefined;
  const start = bounds(from);
  if (!isExact(start) || start.earliest >= NEVER) return undefined;
  const executedOn = executionDay(change, start, zone);
  const since = publicSince(change, { zone, uncertain: 'REPORT' });
  return { change, place, from: start.earliest, executedOn, since };
};

type Deed = 'brings' | 'amends' | 'ends';

/** What a change does to which terms; undefined where it does something else besides. */
const deedsOf = (change: Change): readonly (readonly [TermId, Deed])[] | undefined => {
  switch (change.type) {
    case 'TermAmended':
      return [[change.data.termId, 'amends']];
    case 'TermAdded':
    case 'TermRemoved':
    case 'TermsReplaced':
      return [
        ...change.ends.map((termId) => [termId, 'ends'] as const),
        ...change.brings.map((termId) => [termId, 'brings'] as const),
      ];
    default:
      return undefined;
  }
};

const shows =
  ({ seen, reading, executedBy, day }: Sight) =>
  ({ place, from, executedOn, since }: Row): boolean =>
    place < seen &&
    from <= day &&
    executedOn <= executedBy &&
    (reading.knowledge === 'RECORDED' || since <= reading.until);

/**
 * Terms that come and go, as those of imported documents that take turns between two pages: what came and went before a
 * term came in the last time bears on the answer no more (model §6.6: a term that comes in has its whole value anew).
 * That holds of a term all of whose changes follow one another on exact days, whatever coordinates show of them, each
 * bringing it in where it is away, or amending or ending it where it is there, none with an expectation. What replaces
 * one term by another stays, with the lives that it begins and ends.
 */
export class PastLives {
  readonly zone: string;
  readonly #terms = new Map<TermId, Lives>();
  readonly #tied = new Set<TermId>();
  #taken = 0;
  #isOver = false;

  /** @param zone IANA name of the agreement's time zone */
  constructor(zone: string) {
    this.zone = zone;
  }

  /** How many changes were taken in. */
  get taken(): number {
    return this.#taken;
  }

  /** Takes the next change of the log in; `place` is the index of its event. */
  take(change: Change, place: number): void {
    this.#taken += 1;
    const deeds = deedsOf(change);
    // Everything else may look at any term as it was on some earlier day.
    if (deeds === undefined || 'displaces' in change.data) this.#isOver = true;
    const row = rowFrom(change, place, this.zone);
    for (const [termId, deed] of deeds ?? []) {
      if (row === undefined || !this.#continue(termId, deed, row)) this.#tie(termId);
    }
  }

  /** The events that bear on nothing; undefined where they are few. */
  behind(sight: Sight): LeftOut | undefined {
    if (this.#isOver) return undefined;
    const isShown = shows(sight);
    const behind = new Uint8Array(sight.seen);
    let many = 0;
    for (const term of this.#terms.values()) {
      if (term.lives.length > 1) many += leaveOut(behind, term, countWhile(term.rows, isShown));
    }
    return many < LEAST ? undefined : behind;
  }

  #continue(termId: TermId, deed: Deed, row: Row): boolean {
    if (this.#tied.has(termId)) return false;
    const term = this.#terms.get(termId) ?? { rows: [], places: [], lives: [], isThere: false };
    const before = term.rows.at(-1);
    const brings = deed === 'brings';
    if (brings === term.isThere || (before !== undefined && !follow(before, row))) return false;
    if (brings) term.lives.push({ start: term.rows.length, isOwn: true });
    const life = term.lives.at(-1);
    if (life !== undefined && row.change.type === 'TermsReplaced') life.isOwn = false;
    term.rows.push(row);
    term.places.push(row.place);
    term.isThere = deed !== 'ends';
    this.#terms.set(termId, term);
    return true;
  }

  #tie(termId: TermId): void {
    this.#tied.add(termId);
    this.#terms.delete(termId);
  }
}

/** Leaves out a term's own lives behind which another one shows; how many changes those are. */
const leaveOut = (behind: LeftOut, { lives, places }: Lives, shown: number): number => {
  let many = 0;
  for (let life = 0; life + 1 < lives.length; life++) {
    const { start = 0, isOwn } = lives[life] ?? {};
    const next = lives[life + 1]?.start ?? 0;
    if (next >= shown) break;
    if (isOwn !== true) continue;
    for (let row = start; row < next; row++) behind[places[row] ?? 0] = 1;
    many += next - start;
  }
  return many;
};
