import type { Fact } from '#events/facts.ts';
import type { Term, TermValues } from '#events/terms.ts';
import type { ChangeId, TermId } from '#events/values.ts';
import type { EndedTerm, LineageEdge, Value } from '#projections/state.ts';
import { actsOn, type Body, brings, brought, type Dated } from './change.ts';
import { ends, fieldKey, PRESENCE } from './fields.ts';

export type Step = {
  readonly change: Dated;
  /** ENDED: a replacement past its end; GONE: a bringer that is no candidate any more. */
  readonly how: 'APPLY' | 'AGAIN' | 'ENDED' | 'GONE';
  readonly fields?: ReadonlySet<string>;
  readonly gone?: Pick<EndedTerm, 'standing' | 'causedBy'> & { readonly day: number };
};

export type Row = {
  readonly termId: TermId;
  readonly value: Value;
  readonly after?: TermId;
  readonly bringer: Dated;
  readonly causes: readonly Dated[];
  /** The first term it replaced. */
  readonly replaced?: TermId;
  /** Its number among the terms that its bringer brings in. */
  readonly index: number;
};

type End = EndedTerm & { readonly day: number };

const sorted = (facts: { readonly [name: string]: Fact }): { [name: string]: Fact } =>
  Object.fromEntries(Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const wholeValue = ({ termId: _, after: __, facts, ...rest }: Term): Value => ({
  ...rest,
  facts: sorted(facts ?? {}),
});

const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<T>;

/** The fields of an amendment that are applied; all when no choice is given. */
const chosen = (values: TermValues, takes: (field: string) => boolean): TermValues => {
  const { facts, ...plain } = values;
  const some = Object.fromEntries(Object.entries(plain).filter(([name]) => takes(name)));
  const named = Object.entries(facts ?? {}).filter(([name]) => takes(`fact:${name}`));
  return { ...some, facts: Object.fromEntries(named) };
};

const amended = (row: Row, values: TermValues, change: Dated): Row => {
  const { facts, after, ...plain } = values;
  const { value, after: before, ...rest } = row;
  const merged = Object.entries({ ...value.facts, ...facts }).flatMap(
    ([name, fact]): [string, Fact][] => (fact === null ? [] : [[name, fact]]),
  );
  const next = { ...value, ...plain, facts: sorted(Object.fromEntries(merged)) };
  const place = after === undefined ? before : after;
  return {
    ...rest,
    value: given(next) as Value,
    ...(place ? { after: place } : {}),
    causes: [...row.causes.filter(({ id }) => id !== change.id), change],
  };
};

const places = (body: Body, from: TermId): TermId[] => {
  if (body.type === 'TermsReplaced') return body.data.to.map(({ termId }) => termId);
  if (body.type !== 'AgreementRestated') return [];
  return body.data.mapping.flatMap((m) => (m.from === from && m.to !== null ? [m.to] : []));
};

/** The terms while the changes of one day are applied in order (§6.6). */
export class Table {
  readonly rows = new Map<TermId, Row>();
  /** Every term that ever came, as it was last. */
  readonly every = new Map<TermId, Row>();
  readonly ended = new Map<TermId, End>();
  readonly lineage: LineageEdge[] = [];
  /** The change with which each term first came. */
  readonly first = new Map<TermId, ChangeId>();

  has(termId: TermId): boolean {
    return this.rows.has(termId);
  }

  #put(row: Row): void {
    this.rows.set(row.termId, row);
    this.every.set(row.termId, row);
  }

  apply(step: Step): void {
    if (step.how === 'GONE') return this.#gone(step);
    if (step.how === 'ENDED') return this.#pastEnd(step.change);
    const takes = (termId: TermId) => (name: string) =>
      step.fields === undefined || step.fields.has(fieldKey(termId, name));
    const { type, data } = step.change.body;
    if (type === 'TermAmended' || type === 'TermRectified') {
      const row = this.rows.get(data.termId);
      if (row === undefined) return;
      const values = chosen(data.values, takes(data.termId));
      this.#put(amended(row, values, step.change));
      return;
    }
    this.#replace(step, takes);
  }

  #replace(step: Step, takes: (termId: TermId) => (name: string) => boolean): void {
    const { change } = step;
    const there = actsOn(change.body).filter((termId) => this.has(termId));
    if (step.how === 'APPLY') this.#draw(change, there);
    for (const termId of ends(change.body)) {
      if (takes(termId)(PRESENCE)) this.#end(termId, change);
    }
    for (const term of brought(change.body)) this.#bring(term, step, there, takes(term.termId));
  }

  #draw(change: Dated, there: readonly TermId[]): void {
    for (const from of there) {
      for (const to of places(change.body, from)) {
        if (to !== from) this.lineage.push({ from, to, changeId: change.id });
      }
    }
  }

  #end(termId: TermId, change: Dated): void {
    const before = this.ended.get(termId);
    if (!this.has(termId) && (before === undefined || before.day <= change.day)) return;
    this.rows.delete(termId);
    const successors = places(change.body, termId);
    this.ended.set(termId, {
      termId,
      standing: successors.length > 0 ? 'REPLACED' : 'REMOVED',
      causedBy: change.id,
      successors,
      day: change.day,
    });
  }

  #bring(term: Term, step: Step, there: readonly TermId[], takes: (name: string) => boolean): void {
    const { change } = step;
    const { termId } = term;
    const row = this.rows.get(termId);
    const place = row?.replaced ?? this.every.get(termId)?.replaced;
    const bringer = row?.bringer ?? change;
    if (!takes(PRESENCE)) return this.#setPart(term, step, takes);
    const replaced = there.find(
      (from) => from !== termId && places(change.body, from).includes(termId),
    );
    this.#put({
      termId,
      value: wholeValue(term),
      bringer,
      causes: [change],
      index: brings(bringer.body).indexOf(termId),
      ...(term.after && { after: term.after }),
      ...(replaced ? { replaced } : place && { replaced: place }),
    });
    if (!this.first.has(termId)) this.first.set(termId, change.id);
    this.ended.delete(termId);
  }

  /** A whole value applied once more for some of its fields. */
  #setPart(term: Term, { change, fields }: Step, takes: (name: string) => boolean): void {
    const row = this.rows.get(term.termId);
    const named = [...(fields ?? [])].some((key) => key.startsWith(`${term.termId}|`));
    if (row !== undefined && named) this.#put(partly(row, term, takes, change));
  }

  #gone({ change, gone }: Step): void {
    if (gone === undefined) return;
    for (const term of brought(change.body)) this.#lose(term, change, gone);
  }

  #lose(term: Term, change: Dated, gone: NonNullable<Step['gone']>): void {
    const { termId } = term;
    if (this.has(termId)) return;
    this.ended.set(termId, { termId, successors: [], ...gone });
    if (this.every.has(termId)) return;
    this.every.set(termId, {
      termId,
      value: wholeValue(term),
      bringer: change,
      causes: [change],
      index: brings(change.body).indexOf(termId),
      ...(term.after && { after: term.after }),
    });
  }

  /** Behind its end a replacement ends what it ended, unless it revives, and what it brought in. */
  #pastEnd(change: Dated): void {
    const { body } = change;
    const revives = 'revives' in body.data && body.data.revives === true;
    const there = actsOn(body).filter((termId) => this.has(termId));
    this.#draw(change, there);
    if (!revives) for (const termId of ends(body)) this.#end(termId, change);
    for (const term of brought(body)) {
      const { termId } = term;
      if (revives && there.includes(termId)) continue;
      this.rows.delete(termId);
      this.#lose(term, change, { standing: 'EXPIRED', causedBy: change.id, day: change.endDay });
    }
  }
}

const partly = (row: Row, term: Term, takes: (name: string) => boolean, change: Dated): Row => {
  const { termId: _, ...values } = term;
  const cleared = Object.keys(row.value.facts).map((name): [string, null] => [name, null]);
  const all = {
    heading: null,
    number: null,
    prose: null,
    after: null,
    ...values,
    facts: { ...Object.fromEntries(cleared), ...values.facts },
  };
  return amended(row, chosen(all, takes), change);
};
