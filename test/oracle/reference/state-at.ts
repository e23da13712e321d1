import { NEVER, parseDay } from '#events/days.ts';
import type { DataOf, Recorded } from '#events/event.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import type { AgreementState, CoverageState } from '#projections/state.ts';
import { answer } from './answer.ts';
import { assuming, claimed } from './assume.ts';
import { Claims } from './claims.ts';
import { Calendar } from './dates.ts';
import { Fate } from './fate.ts';
import { firstZone, type Known, knownAt, saidOf } from './known.ts';
import type { Scene } from './order.ts';

const BARE = {
  parties: [],
  terms: [],
  ended: [],
  lineage: [],
  consents: [],
  rights: [],
  scheduled: [],
  prospective: [],
  lapsed: [],
  claims: [],
  possibly: [],
  findings: [],
  revised: [],
};

const coverageOn = (known: Known, day: number): CoverageState | undefined => {
  const last = saidOf(known.all, 'CoverageStated').findLast(({ away }) => !away)?.data;
  if (last === undefined) return undefined;
  const { from, observedThrough, gaps } = last;
  const gap = gaps?.find((g) => parseDay(g.from) <= day && day < parseDay(g.until));
  return {
    from,
    observedThrough,
    stale: day > parseDay(observedThrough),
    ...(gap && { gap }),
  };
};

const sceneAt = (
  known: Known,
  zone: string,
  at: Coordinates,
  day: number,
  claims: Claims,
): Scene => {
  const calendar = new Calendar(known, zone, at);
  const all = known.changes.map((change) => calendar.dated(change));
  const by = at.executedBy === undefined ? NEVER : parseDay(at.executedBy);
  const active = all.filter(({ away, ownExecuted }) => !away && ownExecuted <= by);
  const resolutions = saidOf(known.all, 'ConflictResolved')
    .filter(({ away }) => !away)
    .map(({ data }) => data);
  const scene = { all, active, fate: new Fate(active, all), resolutions };
  if (at.assume === undefined) return scene;
  const proposals = claimed(claims, at.assume.claims ?? [], day);
  const assumed = assuming(scene, day, at.assume, proposals);
  const others = all.filter(({ id }) => !assumed.some((change) => change.id === id));
  const everything = [...others, ...assumed];
  return { all: everything, active: assumed, fate: new Fate(assumed, everything), resolutions };
};

const recorded = (
  known: Known,
  agreement: DataOf<'AgreementRecorded'>,
  at: Coordinates,
): AgreementState => {
  const day = parseDay(at.effectiveOn);
  const { agreementId, title, timeZone, description } = agreement;
  const coverage = coverageOn(known, day);
  const head = {
    agreementId,
    title,
    timeZone,
    ...(description !== undefined && { description }),
    ...(coverage && { coverage }),
  };
  if (coverage !== undefined && at.effectiveOn < coverage.from) {
    return { ...head, empty: 'BEFORE_COVERAGE', ...BARE };
  }
  const mode = at.uncertain ?? 'REPORT';
  const claims = new Claims(known, timeZone, mode, day);
  const scene = sceneAt(known, timeZone, at, day, claims);
  return { ...head, ...answer({ known, scene, day, mode, agreement, claims }) };
};

/** The state of one agreement at one point: slow, obvious, from the rules alone. */
export const referenceStateAt = (events: readonly Recorded[], at: Coordinates): AgreementState => {
  const known = knownAt(events, at);
  const agreement = saidOf(known.all, 'AgreementRecorded').find(({ away }) => !away);
  if (agreement !== undefined) return recorded(known, agreement.data, at);
  const stream = events[0]?.stream ?? '';
  // The stream's name holds the id.
  const agreementId = stream.replace(/^agreement-/, '') as AgreementState['agreementId'];
  return { agreementId, title: '', timeZone: firstZone(events), empty: 'NOT_RECORDED', ...BARE };
};
