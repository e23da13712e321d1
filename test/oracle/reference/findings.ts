import { bounds } from '#events/edtf.ts';
import type { DataOf } from '#events/event.ts';
import { epochMs, isInstant } from '#events/instants.ts';
import { FINDING_CODES, type FindingCode } from '#events/record.ts';
import type { ChangeId, TermId } from '#events/values.ts';
import type { Finding } from '#projections/state.ts';
import type { Dated } from './change.ts';
import { fieldKey, PRESENCE, type Saying, said, sayings } from './fields.ts';
import { type Known, saidOf } from './known.ts';
import type { Cover } from './overlays.ts';
import { type Step, Table } from './table.ts';

export type Found = {
  readonly code: FindingCode;
  readonly changes: readonly ChangeId[];
  readonly terms: readonly TermId[];
};

type Writing = { readonly change: Dated; readonly saying: Saying; readonly step: Step };

/** A whole value brings its term in, unless only some of its fields are applied once more. */
const bringsIn = ({ term, whole }: Saying, { fields }: Step): boolean =>
  whole && (fields === undefined || fields.has(fieldKey(term, PRESENCE)));

/** What was applied, change by change, without the parts that were left out. */
const written = (step: Step, table: Table): Saying[] =>
  step.how === 'APPLY' || step.how === 'AGAIN'
    ? sayings(step.change.body).filter(
        (saying) => saying.term === undefined || bringsIn(saying, step) || table.has(saying.term),
      )
    : [];

const writings = (steps: readonly Step[]): Writing[] => {
  const table = new Table();
  return steps.flatMap((step) => {
    const all = written(step, table).map((saying) => ({ change: step.change, saying, step }));
    table.apply(step);
    return all;
  });
};

const speaks = ({ saying, step }: Writing, term: TermId | undefined, name: string): boolean => {
  if (saying.term !== term || said(saying, name) === undefined) return false;
  return step.fields === undefined || step.fields.has(fieldKey(term, name));
};

const isOneDay = ({ start }: Dated): boolean => start?.earliest === start?.latest;

const sameDay = (a: Dated, b: Dated): boolean =>
  isOneDay(a) && isOneDay(b) && a.start?.earliest === b.start?.earliest;

const overlap = ({ start: a }: Dated, { start: b }: Dated): boolean =>
  a !== undefined && b !== undefined && a.earliest <= b.latest && b.earliest <= a.latest;

const exempt = (a: Dated, b: Dated, first: ChangeId | undefined): boolean =>
  a.id === first || b.id === first || a.target === b.id || b.target === a.id;

const pairs = (loser: Dated, winner: Dated, differ: boolean): FindingCode[] => {
  if (loser.instrumentId === winner.instrumentId) return [];
  if (sameDay(loser, winner)) {
    if (loser.ofDocument && winner.ofDocument) return [];
    return differ && loser.executed === winner.executed ? ['SOURCE_CONTRADICTION'] : [];
  }
  return overlap(loser, winner) ? ['UNCERTAIN_ORDER'] : [];
};

const ofField = (
  all: readonly Writing[],
  term: TermId | undefined,
  name: string,
  first: ChangeId | undefined,
): Found[] => {
  const writers = all.filter((writing) => speaks(writing, term, name));
  const won = writers.at(-1);
  if (won === undefined) return [];
  const terms = term === undefined ? [] : [term];
  const differs = ({ saying }: Writing) => said(saying, name) !== said(won.saying, name);
  const found: Found[] = [];
  const latest = Math.max(...writers.map(({ change }) => change.executed));
  const last = writers.findLast(({ change }) => change.executed === latest);
  if (last !== undefined && latest > won.change.executed && differs(last)) {
    found.push({ code: 'EXECUTION_INVERSION', changes: [last.change.id], terms });
  }
  for (const loser of writers) {
    if (loser.change.id === won.change.id || exempt(loser.change, won.change, first)) continue;
    for (const code of pairs(loser.change, won.change, differs(loser))) {
      found.push({ code, changes: [loser.change.id, won.change.id], terms });
    }
  }
  return found;
};

/** Findings on who won a field (§6.10). */
export const fieldFindings = (steps: readonly Step[], table: Table): Found[] => {
  const all = writings(steps);
  const terms = new Set(all.map(({ saying }) => saying.term));
  return [...terms].flatMap((term) => {
    const its = all.filter(({ saying }) => saying.term === term);
    const names = new Set(its.flatMap(({ saying }) => [...saying.values.keys()]));
    const first = term === undefined ? undefined : table.first.get(term);
    return [...names].flatMap((name) => ofField(its, term, name, first));
  });
};

export const overlayFindings = (covers: readonly Cover[]): Found[] =>
  covers.flatMap((one, index) =>
    covers.slice(index + 1).flatMap((other): Found[] => {
      const terms = [...one.terms].filter((termId) => other.terms.has(termId));
      const changes = [one.state.changeId, other.state.changeId];
      return terms.length > 0 ? [{ code: 'OVERLAPPING_OVERLAYS', changes, terms }] : [];
    }),
  );

/** When a version was announced at the earliest; days begin in UTC. */
const announcedFrom = (date: string): number =>
  isInstant(date) ? epochMs(date) : bounds(date).earliest * 86_400_000;

/** Versions of a document that their source has in another order than their dates. */
export const orderFindings = (known: Known): Found[] => {
  const versions = saidOf(known.all, 'InstrumentRecorded').flatMap(({ data, away }) => {
    const { sourceOrder, announcedAt } = data;
    const isKnown = announcedAt !== undefined && announcedAt !== 'unknown';
    if (away || sourceOrder === undefined || !isKnown) return [];
    return [{ order: sourceOrder, from: announcedFrom(announcedAt) }];
  });
  const disagree = versions.some((one) =>
    versions.some((other) => one.order < other.order && one.from > other.from),
  );
  return disagree ? [{ code: 'SOURCE_ORDER', changes: [], terms: [] }] : [];
};

const keyOf = ({ code, changes }: Found): string =>
  `${FINDING_CODES.indexOf(code)} ${changes.join('\n')}`;

/** One finding per code and changes, in order, without those that were resolved. */
export const settled = (
  found: readonly Found[],
  resolutions: readonly DataOf<'ConflictResolved'>[],
): Finding[] => {
  const open = found.filter(
    ({ code, changes }) =>
      !resolutions.some((r) => r.code === code && changes.every((id) => r.changes.includes(id))),
  );
  const groups = Map.groupBy(open, keyOf);
  const ordered = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return ordered.flatMap(([, [head, ...more]]) => {
    if (head === undefined) return [];
    const terms = new Set([head, ...more].flatMap((f) => f.terms));
    return [{ ...head, terms: [...terms].toSorted(), message: '' }];
  });
};
