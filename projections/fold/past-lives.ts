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

/** For each of the events that a record holds, by its index there, whether it is left out: 1 where it is. */
export type LeftOut = Uint8Array;

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

/** Whether a change acts on a term that it brings in itself. */
const isWithin = ({ acts, brings }: Change): boolean =>
  acts.some((termId) => brings.includes(termId));

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
 * one term by another stays, with the lives that it begins and ends; where one of those terms is not so, none of them is.
 * A life that lasted no day does not stand for those before it, which were in force.
 */
export class PastLives {
  readonly zone: string;
  readonly #terms = new Map<TermId, Lives>();
  /** Those that came in more than once. */
  readonly #several = new Map<TermId, Lives>();
  readonly #tied = new Set<TermId>();
  /** Terms that one replacement names together. */
  readonly #partners = new Map<TermId, Set<TermId>>();
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
    if (deeds === undefined || 'displaces' in change.data) {
      this.#isOver = true;
      return;
    }
    this.#join([...change.acts, ...change.brings]);
    const row = isWithin(change) ? undefined : rowFrom(change, place, this.zone);
    for (const [termId, deed] of deeds) {
      if (row === undefined || !this.#continue(termId, deed, row)) this.#tie(termId);
    }
  }

  /**
   * The events that bear on nothing.
   *
   * @param least with fewer of them it answers nothing
   */
  behind(sight: Sight, least: number): LeftOut | undefined {
    if (this.#isOver || this.#several.size === 0) return undefined;
    const isShown = shows(sight);
    const behind = new Uint8Array(sight.seen);
    let many = 0;
    for (const term of this.#several.values()) {
      many += leaveOut(behind, term, countWhile(term.rows, isShown));
    }
    return many < least ? undefined : behind;
  }

  #continue(termId: TermId, deed: Deed, row: Row): boolean {
    if (this.#tied.has(termId)) return false;
    const term = this.#terms.get(termId) ?? { rows: [], places: [], lives: [], isThere: false };
    const before = term.rows.at(-1);
    const brings = deed === 'brings';
    if (brings === term.isThere || (before !== undefined && !follow(before, row))) return false;
    if (brings) term.lives.push({ start: term.rows.length, isOwn: true });
    if (term.lives.length > 1) this.#several.set(termId, term);
    const life = term.lives.at(-1);
    if (life !== undefined && row.change.type === 'TermsReplaced') life.isOwn = false;
    term.rows.push(row);
    term.places.push(row.place);
    term.isThere = deed !== 'ends';
    this.#terms.set(termId, term);
    return true;
  }

  /** All by way of the first: to be tied with one another it is enough that they hang together. */
  #join([first, ...others]: readonly TermId[]): void {
    if (first === undefined) return;
    for (const other of others) {
      this.#partnersOf(first).add(other);
      this.#partnersOf(other).add(first);
    }
  }

  #partnersOf(termId: TermId): Set<TermId> {
    const partners = this.#partners.get(termId) ?? new Set();
    this.#partners.set(termId, partners);
    return partners;
  }

  /** What replaces a term, or is replaced by it, may start on another day or wait for what happens to it. */
  #tie(first: TermId): void {
    const tied = new Set([first]);
    for (const termId of tied) {
      this.#tied.add(termId);
      this.#terms.delete(termId);
      this.#several.delete(termId);
      for (const partner of this.#partners.get(termId) ?? []) tied.add(partner);
      this.#partners.delete(termId);
    }
  }
}

/** Whether a life that shows was over on the day on which it began, so that it was in force on none. */
const isBrief = ({ rows, lives }: Lives, life: number, shown: number): boolean => {
  const start = lives[life]?.start ?? 0;
  const end = Math.min(shown, lives[life + 1]?.start ?? rows.length) - 1;
  return end > start && rows[end]?.from === rows[start]?.from;
};

/** The last life that shows and was in force on some day. */
const lastLasting = (term: Lives, shown: number): number =>
  term.lives.findLastIndex(({ start }, life) => start < shown && !isBrief(term, life, shown));

/** Leaves out a term's own lives behind which another one shows; how many changes those are. */
const leaveOut = (behind: LeftOut, term: Lives, shown: number): number => {
  const { lives, places } = term;
  const last = lastLasting(term, shown);
  let many = 0;
  for (let life = 0; life < last; life++) {
    const { start = 0, isOwn } = lives[life] ?? {};
    if (isOwn !== true) continue;
    const next = lives[life + 1]?.start ?? 0;
    for (let row = start; row < next; row++) behind[places[row] ?? 0] = 1;
    many += next - start;
  }
  return many;
};
