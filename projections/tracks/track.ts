import type { DayNumber } from '#events/days.ts';
import { type Grade, strength, type TermId } from '#events/values.ts';
import { valueIn } from '../fold/answer.ts';
import type { Table } from '../fold/apply.ts';
import { judge } from '../fold/judge.ts';
import { inOrder } from '../fold/order.ts';
import type { Raw } from '../fold/raw-finding.ts';
import { amended, type Content, contentOf } from '../fold/terms.ts';
import { drifts, partTouch, wholeTouch } from '../fold/touch.ts';
import { LazyFields } from '../lazy.ts';
import { countUpTo } from '../search.ts';
import type { TermState, Value } from '../state.ts';
import { Columns, type Sight } from './columns.ts';
import { type Lane, lanesBy, lanesByField, NONE } from './lanes.ts';
import { type Amendment, datedRow, gradeIn, isPublic, type Row, valuesIn } from './row.ts';
import type { Revised, Strand } from './strand.ts';

/** How many values of a term are kept for each of its amendments: where several fields are amended they mix. */
const VALUES = 4;

type Causes = {
  readonly columns: Columns;
  readonly others: TermState['causedBy'];
  readonly begun: number;
  readonly sight: Sight;
};

const causesOf = ({ columns, others, begun, sight }: Causes): TermState['causedBy'] =>
  columns.causes(others, begun, sight);

const lazy = new LazyFields<Causes>();
const putCausesLater = lazy.field('causedBy', causesOf);

/** Up to so many amendments it costs less to list those that show than to keep what they follow from. */
const FEW = 64;

type Fields = { -readonly [field in keyof TermState]?: TermState[field] };

/** Lists the causes, or leaves that to who looks at them. */
const putCauses = (state: Fields, causes: Causes): void => {
  if (causes.begun <= FEW) {
    state.causedBy = causesOf(causes);
    return;
  }
  lazy.keep(state, causes);
  putCausesLater(state);
};

/** The frame's terms on the day asked about, and on that on which a change that starts on a day is judged. */
export type FrameOn = {
  readonly now: Table;
  readonly ownDay: (from: DayNumber) => Table;
};

/** Whether amendments find their term: it is there, or what ended it stands behind them. */
const isThereIn = ({ live, ended }: Table, termId: TermId): ((row: Row) => boolean) => {
  const by = ended.get(termId)?.by;
  const isLive = live.has(termId);
  return (row) => isLive || (by !== undefined && inOrder(row, by) < 0);
};

/** Of two the one that was executed later; of equals the one behind. */
const executedLater = (a: Row | undefined, b: Row): Row =>
  a === undefined || a.executedOn <= b.executedOn ? b : a;

/** The amendments of one term, in columns: what it says at a point is looked up, not folded. */
export class Track {
  readonly #strand: Strand;
  /** How many events it was made from. */
  readonly made: number;
  readonly #size: number;
  readonly #columns: Columns;
  readonly #fields: readonly Lane[];
  readonly #expects: boolean;
  /** The rows that are worse proven than what brought the term in, the weakest first. */
  readonly #weaker: readonly (readonly [Grade, Lane])[];
  /** What the term says, by which row won each field. */
  readonly #values = new Map<number | string, Value>();

  constructor(strand: Strand) {
    const rows = strand.rows.toSorted(inOrder);
    this.#strand = strand;
    this.made = strand.places.length;
    this.#size = rows.length;
    this.#columns = new Columns(rows);
    this.#expects = rows.some(({ event }) => 'expects' in event.data);
    this.#fields = lanesByField(rows);
    const own = strength(gradeIn(strand.bringer));
    const weaker = lanesBy(rows, (row) => {
      const grade = gradeIn(row);
      return strength(grade) < own ? [grade] : NONE;
    });
    this.#weaker = [...weaker].toSorted(([a], [b]) => strength(a) - strength(b));
  }

  get termId(): TermId {
    return this.#strand.term.termId;
  }

  /** The term as its amendments leave it. */
  at(term: TermState, sight: Sight): TermState {
    const begun = this.#columns.begun(sight.day);
    const value = this.#value(begun, sight);
    if (value === undefined) return term;
    const state: Fields = { termId: term.termId, value, standing: term.standing };
    if (term.inForceSince !== undefined) state.inForceSince = term.inForceSince;
    putCauses(state, { columns: this.#columns, others: term.causedBy, begun, sight });
    state.evidence = this.#weakest(begun, sight) ?? term.evidence;
    state.applies = term.applies;
    state.overlays = term.overlays;
    if (term.lastAffirmed !== undefined) state.lastAffirmed = term.lastAffirmed;
    state.certain = term.certain;
    // Field by field, in the order of every term: that costs half of what copying one does.
    return state as TermState;
  }

  /** Its amendments in their order. */
  get rows(): readonly Row[] {
    return this.#columns.rows;
  }

  /** What is said anew of its amendments. */
  revised(sight: Sight): readonly Revised[] {
    const last = new Map<string, Revised>();
    for (const revised of this.#strand.revised) {
      if (revised.place < sight.seen) last.set(revised.row.event.id, revised);
    }
    return [...last.values()].filter(({ row }) => isPublic(row, sight.reading));
  }

  get isRevised(): boolean {
    return this.#strand.revised.length > 0;
  }

  /** What its amendments give cause to report. */
  findings(frame: FrameOn, sight: Sight): readonly Raw[] {
    const { term, bringer } = this.#strand;
    const isThere = isThereIn(frame.now, term.termId);
    const touches = this.#rivals(isThere, sight).map((row) =>
      partTouch(datedRow(row), valuesIn(row)),
    );
    const origin = wholeTouch(datedRow(bringer), contentOf(term));
    const judged = judge([origin, ...touches]).map((found) => ({ ...found, terms: [this.termId] }));
    return [...judged, ...this.#remarks(frame, sight)];
  }

  /** What amendments met on their own start days. */
  #remarks(frame: FrameOn, sight: Sight): readonly Raw[] {
    // Where nothing ends the term, it is there for all of them or for none.
    const isThere = isThereIn(frame.now, this.termId);
    const { mayEnd } = this.#strand;
    if (!mayEnd && !this.#expects && frame.now.live.has(this.termId)) return [];
    const met = mayEnd
      ? (row: Row) => isThereIn(frame.ownDay(row.from), this.termId)(row)
      : isThere;
    return this.#columns.shown(sight).flatMap((row) => {
      if (!met(row)) return this.#raw('ORPHANED_CHANGE', row);
      return this.#fails(row, sight) ? this.#raw('EXPECTATION_FAILED', row) : [];
    });
  }

  /**
   * Those applied that may give cause to report something of a field (model §6.10): the one that won, the one
   * executed last, and those that start with the one that won. On exact days, no other does.
   */
  #rivals(isThere: (row: Row) => boolean, sight: Sight): readonly Row[] {
    const picked = this.#fields.flatMap((lane) => {
      const applied = this.#columns.shownIn(lane, sight).filter(isThere);
      const won = applied.at(-1);
      const latest = applied.reduce(executedLater, applied[0]);
      return applied.filter((row) => row === latest || row.from === won?.from);
    });
    return [...new Set(picked)].toSorted(inOrder);
  }

  #raw(code: Raw['code'], { event }: Row): Raw {
    return { code, changes: [event.data.changeId], terms: [this.termId] };
  }

  /** Whether an amendment met something else on its own start day than it expected. */
  #fails(row: Row, sight: Sight): boolean {
    const { expects } = (row.event as Amendment).data;
    if (expects === undefined) return false;
    const before = this.#columns.rows.indexOf(row);
    return drifts(expects, this.#content(before, { ...sight, day: row.from }));
  }

  #weakest(begun: number, sight: Sight): Grade | undefined {
    for (const [grade, lane] of this.#weaker) {
      if (this.#last(lane, begun, sight) >= 0) return grade;
    }
    return undefined;
  }

  /** @param begun how many rows have started */
  #value(begun: number, sight: Sight): Value | undefined {
    const key = this.#winners(begun, sight);
    if (key === 0) return undefined;
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = valueIn(this.#content(begun, sight));
    if (this.#values.size > VALUES * this.#size) this.#values.clear();
    this.#values.set(key, value);
    return value;
  }

  /** Which row won each field, as one number or text; 0: none shows. */
  #winners(begun: number, sight: Sight): number | string {
    let key = 0;
    for (const lane of this.#fields) {
      key = key * (this.#size + 1) + this.#last(lane, begun, sight) + 1;
    }
    if (key <= Number.MAX_SAFE_INTEGER) return key;
    return this.#fields.map((lane) => this.#last(lane, begun, sight)).join(' ');
  }

  /** What the term says by the first so many rows. One that won no field has no say. */
  #content(end: number, sight: Sight): Content {
    const winners = new Set(this.#fields.map((lane) => this.#last(lane, end, sight)));
    return [...winners]
      .filter((row) => row >= 0)
      .toSorted((a, b) => a - b)
      .flatMap((row) => this.#columns.rows[row] ?? [])
      .reduce((beneath, row) => amended(beneath, valuesIn(row)), contentOf(this.#strand.term));
  }

  /** The last row of a lane that shows, of the first so many rows; -1: none. */
  #last(lane: Lane, begun: number, sight: Sight): number {
    let at = lane.length === this.#size ? begun : countUpTo(lane, begun - 1);
    while (at > 0) {
      const row = lane[--at] ?? 0;
      if (this.#columns.shows(row, sight)) return row;
    }
    return -1;
  }
}
