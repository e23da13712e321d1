import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { termId as parseTermId } from '#events/values.ts';
import type { Closed, Outline, Span } from '#projections/portfolio/outline.ts';
import { Attributes } from './attributes.ts';
import { lastDay, OPEN, placeOf } from './schema.ts';

/** How far an agreement is indexed, and what holds there still. */
export type Indexed = { readonly revision: number; readonly spans: readonly Span[] };

/** What an agreement gained. */
export type Gain = {
  readonly agreementId: string;
  /** The time zone as it is known now, and the one first recorded. */
  readonly zone: string;
  readonly zoneFirst: string;
  /** The revision behind which the outline went on, and the one that it has reached. */
  readonly after: number;
  readonly revision: number;
  readonly outline: Outline;
};

type SpanRow = {
  readonly [column in 'id' | 'low' | 'high' | 'day_from' | 'day_until' | 'position_from']: number;
} & { readonly term: string | null; readonly attribute: string; readonly value: string };

const SPANS = `SELECT held.id AS id, terms.id AS term, attributes.name AS attribute, value, low, high,
    day_from, day_until, position_from
  FROM held JOIN attributes ON attributes.number = held.attribute
    LEFT JOIN terms ON terms.number = held.term
  WHERE held.agreement = ? AND position_until = ${OPEN}`;
const INSERT = `INSERT INTO held (agreement, term, attribute, value, low, high, day_from, day_until,
    position_from, position_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const PLACE = 'INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';

const spanOf = (row: SpanRow): Span => {
  const { id, term, attribute, value, low, high } = row;
  const termId = term === null ? undefined : parseTermId.parse(term);
  const key = `${term ?? ''}\n${attribute}\n${value}`;
  return {
    id,
    held: { ...(termId !== undefined && { termId }), attribute, value, rank: [low, high], key },
    from: row.day_from,
    until: row.day_until,
    since: row.position_from,
  };
};

/** Writes what agreements hold; everything within the caller's transaction. */
export class IndexWriter {
  readonly #attributes: Attributes;
  readonly #agreement: StatementSync;
  readonly #begin: StatementSync;
  readonly #reach: StatementSync;
  readonly #spans: StatementSync;
  readonly #insert: StatementSync;
  readonly #place: StatementSync;
  readonly #close: StatementSync;
  readonly #closePlace: StatementSync;
  readonly #term: StatementSync;
  readonly #newTerm: StatementSync;

  constructor(db: DatabaseSync) {
    this.#attributes = new Attributes(db);
    this.#agreement = db.prepare('SELECT number, revision FROM agreements WHERE id = ?');
    this.#begin = db.prepare(
      "INSERT INTO agreements (id, zone, zone_first, revision) VALUES (?, '', '', 0)",
    );
    this.#reach = db.prepare(
      'UPDATE agreements SET zone = ?, zone_first = ?, revision = ? WHERE number = ?',
    );
    this.#spans = db.prepare(SPANS);
    this.#insert = db.prepare(INSERT);
    this.#place = db.prepare(PLACE);
    this.#close = db.prepare('UPDATE held SET position_until = ? WHERE id = ?');
    this.#closePlace = db.prepare('UPDATE places SET position_to = ? WHERE id = ?');
    this.#term = db.prepare('SELECT number FROM terms WHERE agreement = ? AND id = ?');
    this.#newTerm = db.prepare('INSERT INTO terms (agreement, id) VALUES (?, ?)');
  }

  /** Names that were given numbers may have lost them: a transaction was rolled back, or tables were made anew. */
  forget(): void {
    this.#attributes.forget();
  }

  indexed(agreementId: string): Indexed {
    const row = this.#agreement.get(agreementId);
    if (row === undefined) return { revision: 0, spans: [] };
    const rows = this.#spans.all(Number(row['number'])) as unknown as readonly SpanRow[];
    return { revision: Number(row['revision']), spans: rows.map(spanOf) };
  }

  /** Passes over what another process has written already. */
  put({ agreementId, zone, zoneFirst, after, revision, outline }: Gain): void {
    const row = this.#agreement.get(agreementId);
    if (Number(row?.['revision'] ?? 0) !== after) return;
    const number = Number(row?.['number'] ?? this.#begin.run(agreementId).lastInsertRowid);
    for (const span of outline.closed) this.#end(number, span);
    for (const span of outline.open()) {
      if (span.id === undefined) this.#hold(number, span, OPEN);
    }
    this.#reach.run(zone, zoneFirst, revision, number);
  }

  #end(agreement: number, span: Closed): void {
    if (span.id === undefined) {
      this.#hold(agreement, span, span.till);
      return;
    }
    this.#close.run(span.till, span.id);
    this.#closePlace.run(span.till - 1, span.id);
  }

  #hold(agreement: number, { held, from, until, since }: Span, till: number): void {
    const { termId, attribute, value, rank } = held;
    const [low, high] = rank;
    const term = termId === undefined ? 0 : this.#termNumber(agreement, termId);
    const number = this.#attributes.number(attribute);
    const { lastInsertRowid: id } = this.#insert.run(
      ...[agreement, term, number, value, low, high, from, until, since, till],
    );
    const [place, lastPosition] = [placeOf(number), till === OPEN ? OPEN : till - 1];
    this.#place.run(id, place, place, from, lastDay(until), since, lastPosition, low, high);
  }

  #termNumber(agreement: number, termId: string): number {
    const row = this.#term.get(agreement, termId);
    return Number(row?.['number'] ?? this.#newTerm.run(agreement, termId).lastInsertRowid);
  }
}
