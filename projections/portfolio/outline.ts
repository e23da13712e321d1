import type { DayNumber } from '#events/days.ts';
import type { TermId } from '#events/values.ts';
import type { Held } from './held.ts';

/** Days `[from, until)` on which something is held, since a position of the log. */
export type Span = {
  readonly held: Held;
  readonly from: DayNumber;
  readonly until: DayNumber;
  readonly since: number;
  /** Its name where it is kept; absent: it is kept nowhere yet. */
  readonly id?: number;
};

/** A span that held up to a position, exclusive. */
export type Closed = Span & { readonly till: number };

/** What is held anew on some days: all that was held there before, by this term or by anything, no longer is. */
export type Patch = {
  readonly from: DayNumber;
  readonly until: DayNumber;
  /** In order of days, without holes. */
  readonly stretches: readonly {
    readonly from: DayNumber;
    readonly until: DayNumber;
    readonly held: readonly Held[];
  }[];
};

export type Days = Pick<Span, 'from' | 'until'>;

/** What of some days lies outside of the patches. */
const outside = (span: Days, patches: readonly Days[]): readonly Days[] =>
  patches.reduce<readonly Days[]>(
    (left, { from, until }) =>
      left.flatMap((days) =>
        [
          { from: days.from, until: Math.min(days.until, from) },
          { from: Math.max(days.from, until), until: days.until },
        ].filter((rest) => rest.from < rest.until),
      ),
    [span],
  );

/** In order, those that touch as one. */
const joined = (days: readonly Days[]): readonly Days[] => {
  const sorted = days.toSorted((a, b) => a.from - b.from);
  const found: Days[] = [];
  for (const next of sorted) {
    const last = found.at(-1);
    if (last?.until === next.from) found[found.length - 1] = { from: last.from, until: next.until };
    else found.push(next);
  }
  return found;
};

const meets =
  (patches: readonly Days[]) =>
  (span: Days): boolean =>
    patches.some(({ from, until }) => span.from < until && from < span.until);

type Fresh = { readonly held: Held; readonly days: Days[] };

/** What patches hold, each thing once, by its key. */
const freshIn = (patches: readonly Patch[]): ReadonlyMap<string, Fresh> => {
  const fresh = new Map<string, Fresh>();
  for (const { from, until, held } of patches.flatMap(({ stretches }) => stretches)) {
    for (const one of held) {
      const known = fresh.get(one.key);
      if (known === undefined) fresh.set(one.key, { held: one, days: [{ from, until }] });
      else known.days.push({ from, until });
    }
  }
  return fresh;
};

type Kept = Map<string, { readonly held: Held; spans: readonly Span[] }>;

/** What an agreement holds on all days, as the record grows: the rectangles in days and positions that come of it. */
export class Outline {
  /** By term, then by what is held. */
  readonly #terms = new Map<TermId | undefined, Kept>();
  readonly #closed: Closed[] = [];

  /** @param spans that are held at the position behind which it goes on */
  constructor(spans: Iterable<Span>) {
    for (const span of spans) this.#keep(span.held, [...this.#spansOf(span.held), span]);
  }

  /** Spans that ended since it was made. */
  get closed(): readonly Closed[] {
    return this.#closed;
  }

  /** Spans that hold still. */
  *open(): Generator<Span> {
    for (const kept of this.#terms.values()) {
      for (const { spans } of kept.values()) yield* spans;
    }
  }

  /** Those of some days on which the agreement itself holds none of some things. */
  daysWithout(attributes: ReadonlySet<string>, days: Days): readonly Days[] {
    const own = [...(this.#terms.get(undefined)?.values() ?? [])];
    const some = own.filter(({ held }) => attributes.has(held.attribute));
    return outside(
      days,
      some.flatMap(({ spans }) => spans),
    );
  }

  /**
   * From a position on the patches hold.
   * @param only what other terms and the agreement itself hold stays
   */
  turn(position: number, patches: readonly Patch[], only?: TermId): void {
    const fresh = freshIn(patches);
    const terms = only === undefined ? [...this.#terms.values()] : [this.#terms.get(only)];
    const gone = terms
      .flatMap((kept) => [...(kept?.values() ?? [])])
      .filter(({ held, spans }) => !fresh.has(held.key) && spans.some(meets(patches)));
    for (const { held } of gone) this.#replace({ held, days: [] }, patches, position);
    for (const one of fresh.values()) this.#replace(one, patches, position);
  }

  #replace({ held, days }: Fresh, patches: readonly Patch[], position: number): void {
    const before = this.#spansOf(held);
    const left = before.flatMap((span) => outside(span, patches));
    const now = joined([...left, ...days]);
    const same = (a: Days) => (b: Days) => a.from === b.from && a.until === b.until;
    for (const span of before) {
      const lasted = span.since < position;
      if (lasted && !now.some(same(span))) this.#closed.push({ ...span, till: position });
    }
    const spans = now.map(
      ({ from, until }) =>
        before.find(same({ from, until })) ?? { held, from, until, since: position },
    );
    this.#keep(held, spans);
  }

  #spansOf({ termId, key }: Held): readonly Span[] {
    return this.#terms.get(termId)?.get(key)?.spans ?? [];
  }

  #keep(held: Held, spans: readonly Span[]): void {
    const kept: Kept = this.#terms.get(held.termId) ?? new Map();
    this.#terms.set(held.termId, kept);
    if (spans.length === 0) kept.delete(held.key);
    else kept.set(held.key, { held, spans });
  }
}
