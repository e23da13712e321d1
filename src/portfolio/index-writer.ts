import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { termId as parseTermId } from '#events/values.ts';
import type { Held } from '#projections/portfolio/held.ts';
import type { Closed, Outline, Span } from '#projections/portfolio/outline.ts';
import { Attributes } from './attributes.ts';
import { lastDay, OPEN, placeId, placeOf } from './schema.ts';

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

const SPANS = `SELECT held.rectangle AS id, terms.id AS term, attributes.name AS attribute, value, low, high,
    day_from, day_until, position_from
  FROM held JOIN attributes ON attributes.number = held.attribute
    LEFT JOIN terms ON terms.agreement = held.agreement AND terms.number = held.term
  WHERE held.agreement = ? AND position_until = ${OPEN}`;
const INSERT = 'INSERT INTO held VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
const CLOSE = `UPDATE held SET position_until = ?
  WHERE attribute = ? AND agreement = ? AND term = ? AND rectangle = ?`;
const PLACE_ID = placeId('?', '?', '?');
const PLACE = `INSERT INTO places VALUES (${PLACE_ID}, ?, ?, ?, ?, ?, ?, ?, ?)`;
const CLOSE_PLACE = `UPDATE places SET position_to = ? WHERE id = ${PLACE_ID}`;
const NEW_TERM = `INSERT INTO terms
  VALUES (?1, coalesce((SELECT max(number) FROM terms WHERE agreement = ?1), 0) + 1, ?2)
  RETURNING number`;
const REACH = `UPDATE agreements SET zone = ?, zone_first = ?, revision = ?, rectangles = ?
  WHERE number = ?`;

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
  readonly #known: StatementSync;
  readonly #newTerm: StatementSync;

  constructor(db: DatabaseSync) {
    this.#attributes = new Attributes(db);
    this.#agreement = db.prepare(
      'SELECT number, revision, rectangles FROM agreements WHERE id = ?',
    );
    this.#begin = db.prepare(
      "INSERT INTO agreements (id, zone, zone_first, revision, rectangles) VALUES (?, '', '', 0, 0)",
    );
    this.#reach = db.prepare(REACH);
    this.#spans = db.prepare(SPANS);
    this.#insert = db.prepare(INSERT);
    this.#place = db.prepare(PLACE);
    this.#close = db.prepare(CLOSE);
    this.#closePlace = db.prepare(CLOSE_PLACE);
    this.#known = db.prepare('SELECT number FROM terms WHERE agreement = ? AND id = ?');
    this.#newTerm = db.prepare(NEW_TERM);
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
    let rectangles = Number(row?.['rectangles'] ?? 0);
    const take = (span: Span, till: number): void => {
      if (span.id === undefined) this.#hold(number, ++rectangles, { ...span, till });
      else this.#end(number, span.id, { ...span, till });
    };
    for (const span of outline.closed) take(span, span.till);
    for (const span of outline.open()) {
      if (span.id === undefined) take(span, OPEN);
    }
    this.#reach.run(zone, zoneFirst, revision, rectangles, number);
  }

  #end(agreement: number, rectangle: number, { held, till }: Closed): void {
    const [attribute, term] = [
      this.#attributes.number(held.attribute),
      this.#term(agreement, held),
    ];
    this.#close.run(till, attribute, agreement, term, rectangle);
    this.#closePlace.run(till - 1, agreement, term, rectangle);
  }

  #hold(agreement: number, rectangle: number, { held, from, until, since, till }: Closed): void {
    const { attribute, value, rank } = held;
    const [low, high] = rank;
    const [number, term] = [this.#attributes.number(attribute), this.#term(agreement, held)];
    const owned = [agreement, term, rectangle] as const;
    this.#insert.run(number, ...owned, value, low, high, from, until, since, till);
    const [place, lastPosition] = [placeOf(number), till === OPEN ? OPEN : till - 1];
    this.#place.run(...owned, place, place, from, lastDay(until), since, lastPosition, low, high);
  }

  /** The number of the term that holds something; 0: the agreement itself does. */
  #term(agreement: number, { termId }: Held): number {
    if (termId === undefined) return 0;
    const row = this.#known.get(agreement, termId) ?? this.#newTerm.get(agreement, termId);
    return Number(row?.['number']);
  }
}
