import * as fc from 'fast-check';
import { isoDay } from '#events/days.ts';
import type { EventType, Recorded } from '#events/event.ts';
import { isoInstant } from '#events/instants.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { recordedAt } from '../projections/record.ts';

/** A document whose terms come and go, and points to ask it at. */
export type Turning = {
  readonly events: readonly Recorded[];
  readonly questions: readonly Coordinates[];
};

const FIRST_DAY = 18_000;
const DAY_MS = 86_400_000;
const TERMS = 12;
const VERSIONS = 150;
const QUESTIONS = 20;

/** What else a version does to one of the terms that it leaves alone. */
const USUAL = ['nothing', 'nothing', 'nothing', 'amend', 'replace'] as const;

/** What may bear on earlier lives of a term, or keep somebody from seeing the changes of a term in their order. */
export const STRANGE = [
  'announced late',
  'executed late',
  'all on one day',
  'better proof',
  'expect',
  'expired',
  'vague',
  'again',
  'orphan',
  'end',
  'restate',
  'affirm',
  'displace',
  'correct',
] as const;
const ON_THE_SAME_DAY = new Set<Strange>(['all on one day', 'better proof']);
export type Strange = (typeof STRANGE)[number];

type Version = {
  /** Days since the version before. */
  readonly later: number;
  /** Something between 0 and 9, for what is done strangely. */
  readonly lot: number;
  readonly toggled: readonly number[];
  readonly also: (typeof USUAL)[number];
  readonly isStrange: boolean;
};

const version: fc.Arbitrary<Version> = fc.record({
  later: fc.integer({ min: 1, max: 3 }),
  lot: fc.integer({ min: 0, max: 9 }),
  toggled: fc.uniqueArray(fc.integer({ min: 0, max: TERMS - 1 }), {
    minLength: 2,
    maxLength: TERMS,
  }),
  also: fc.constantFrom(...USUAL),
  isStrange: fc.integer({ min: 0, max: 11 }).map((n) => n === 0),
});

/** What all versions of a document have in common. */
type Style = {
  readonly hasExecution: boolean;
  /** Whether its versions stand in their source's own order. */
  readonly isDocument: boolean;
  readonly strange: Strange | undefined;
};

class Document {
  readonly events: Recorded[] = [];
  readonly #there = new Set<string>();
  readonly #style: Style;
  #day = FIRST_DAY;

  constructor(style: Style) {
    this.#style = style;
    const parties = [{ partyId: 'p', name: 'P' }];
    const head = { agreementId: 'deal', title: 'Page', timeZone: 'UTC', parties };
    this.#append('AgreementRecorded', head);
  }

  publish(n: number, { later, lot, toggled, also, isStrange }: Version): void {
    const strange = isStrange ? this.#style.strange : undefined;
    this.#day += strange !== undefined && ON_THE_SAME_DAY.has(strange) ? 0 : later;
    const instrumentId = `v${n}`;
    this.#append('InstrumentRecorded', { instrumentId, ...this.#paper(n, strange, lot) });
    let changes = 0;
    const change = (type: EventType, data: Record<string, unknown>) =>
      this.#append(type, { changeId: `${instrumentId}/${++changes}`, instrumentId, ...data });
    for (const index of toggled) this.#toggle(change, `t${index}`, n);
    const left = [...this.#there].filter((term) => !toggled.includes(Number(term.slice(1))));
    const termId = left[lot % left.length];
    if (termId !== undefined) this.#also(change, strange ?? also, termId, n);
  }

  #paper(n: number, strange: Strange | undefined, lot: number) {
    const { hasExecution, isDocument } = this.#style;
    const announced = this.#day + (strange === 'announced late' ? lot : 0);
    const executed = this.#day + (strange === 'executed late' ? lot - 5 : 0);
    const source = { title: 'Source', grade: 'DOCUMENT_TEXT' };
    return {
      kind: 'DOCUMENT_VERSION',
      title: 'Page',
      sources: strange === 'better proof' ? [source] : [],
      announcedAt: isoInstant(announced * DAY_MS + 3_600_000),
      effectiveFrom: isoDay(this.#day),
      ...(hasExecution && { executedAt: isoDay(executed) }),
      ...(isDocument && { sourceOrder: n + 1 }),
    };
  }

  #append(type: EventType, data: Record<string, unknown>): void {
    const position = this.events.length + 1;
    const place = { position, recordedAt: this.#day * DAY_MS, commandId: `m${position}` };
    this.events.push(recordedAt(type, data, place));
  }

  #toggle(change: Change, termId: string, n: number): void {
    if (this.#there.delete(termId)) change('TermRemoved', { termId });
    else {
      this.#there.add(termId);
      change('TermAdded', { termId, kind: 'OTHER', prose: `${termId} of ${n}`, ...this.#after(n) });
    }
  }

  #after(n: number) {
    const [last] = [...this.#there].slice(-2);
    return n % 3 === 0 && last !== undefined ? { after: last } : {};
  }

  #also(change: Change, also: Version['also'] | Strange, termId: string, n: number): void {
    const values = { prose: `${termId} as of ${n}` };
    switch (also) {
      case 'amend':
        return change('TermAmended', { termId, values });
      case 'replace':
        return this.#replace(change, termId, n);
      case 'expect':
        return change('TermAmended', { termId, values, expects: { prose: 'other' } });
      case 'expired':
        return this.#bringForAWhile(change, this.#missing(termId));
      case 'vague':
        return change('TermAmended', {
          termId,
          values,
          effectiveFrom: isoDay(this.#day).slice(0, 7),
        });
      case 'again':
        return change('TermAdded', { termId, kind: 'OTHER', prose: 'Once more' });
      case 'orphan':
        return change('TermRemoved', { termId: this.#missing(termId) });
      case 'end':
        return change('AgreementTerminated', { survives: [] });
      case 'restate':
        return change('AgreementRestated', { mapping: [{ from: termId, to: null }], terms: [] });
      case 'affirm':
        return change('TermsAffirmed', { terms: [termId] });
      case 'displace':
        return change('TermAmended', { termId, values, displaces: [`v${n >> 1}/1`] });
      case 'correct':
        return this.#append('RecordRetracted', { target: `e${n * 3 + 3}`, reason: 'wrong' });
      default:
    }
  }

  #bringForAWhile(change: Change, termId: string): void {
    this.#there.add(termId);
    const effectiveUntil = isoDay(this.#day + 20);
    change('TermAdded', { termId, kind: 'OTHER', prose: 'For a while', effectiveUntil });
  }

  #missing(otherwise: string): string {
    const all = Array.from({ length: TERMS }, (_, n) => `t${n}`);
    return all.find((termId) => !this.#there.has(termId)) ?? otherwise;
  }

  #replace(change: Change, termId: string, n: number): void {
    const other = `t${(n * 7) % TERMS}`;
    if (this.#there.has(other)) return;
    this.#there.delete(termId);
    this.#there.add(other);
    const to = [{ termId: other, kind: 'OTHER', prose: `For ${termId} at ${n}` }];
    change('TermsReplaced', { from: [termId], to });
  }
}
type Change = (type: EventType, data: Record<string, unknown>) => void;

/** Mostly in the later half, where there is much to leave out. */
const days = fc.integer({ min: VERSIONS, max: 2 * VERSIONS + 20 }).map((day) => FIRST_DAY + day);
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const question: fc.Arbitrary<Coordinates> = fc
  .record({
    effectiveOn: days.map(isoDay),
    position: sometimes(fc.integer({ min: 400, max: 1_500 })),
    knownAt: sometimes(days.map((day) => isoInstant(day * DAY_MS + 7_200_000))),
    knowledge: fc.constantFrom('RECORDED', 'PUBLIC'),
    executedBy: sometimes(days.map(isoDay)),
    uncertain: sometimes(fc.constantFrom('REPORT', 'EARLIEST', 'LATEST')),
  })
  .map((asked) => {
    const given = Object.entries(asked).filter(([, value]) => value !== undefined);
    return Object.fromEntries(given) as unknown as Coordinates;
  });

/** Documents of a hundred and fifty versions. @param strange what some of them do that none else does */
export const turningPages = (strange?: Strange): fc.Arbitrary<Turning> =>
  fc
    .record({
      hasExecution: fc.boolean(),
      isDocument: fc.boolean(),
      versions: fc.array(version, { minLength: VERSIONS, maxLength: VERSIONS }),
      questions: fc.array(question, { minLength: QUESTIONS, maxLength: QUESTIONS }),
    })
    .map(({ versions, questions, ...style }) => {
      const document = new Document({ ...style, strange });
      for (const [n, one] of versions.entries()) document.publish(n, one);
      return { events: document.events, questions };
    });
