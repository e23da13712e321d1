import { CLAIM_STAGES } from '#events/claims.ts';
import { type DayNumber, FIRST_DAY, NEVER } from '#events/days.ts';
import type { DataOf } from '#events/event.ts';
import type { ClaimState } from '../state.ts';
import { beginning, daysOf } from './bounds.ts';
import type { ClaimEvent, Knowledge } from './knowledge.ts';

/** A claim as it stands on a day. */
export type KnownClaim = ClaimState & {
  readonly position: number;
  /** The latest report that proposes changes. */
  readonly proposal?: DataOf<'ClaimReported'>;
};

/** A claim's event, and the day on which it has come. */
export type PlacedClaim = { readonly claim: ClaimEvent; readonly on: DayNumber };

const dateOf = (claim: ClaimEvent): string =>
  claim.type === 'ClaimReported' ? claim.data.reportedAt : claim.data.on;

/** The day on which a claim's event has come. */
export const claimDay = ({ zone, reading }: Knowledge, claim: ClaimEvent): DayNumber => {
  return beginning(daysOf(dateOf(claim), zone), reading.uncertain);
};

/** The claims' events that have come by the day, each claim's in order of day, then of the log. */
export const claimEvents = (
  knowledge: Knowledge,
  day: DayNumber,
): ReadonlyMap<string, readonly PlacedClaim[]> => {
  const placed = knowledge.claims
    .map((claim) => ({ claim, on: claimDay(knowledge, claim) }))
    .filter(({ on }) => on <= day && on < NEVER)
    .toSorted((a, b) => a.on - b.on || a.claim.position - b.claim.position);
  return Map.groupBy(placed, ({ claim }) => claim.data.claimId);
};

type Closing = Pick<ClaimState, 'outcome' | 'resolvedOn' | 'resolvedBy' | 'leadTimeDays'>;

/** The first resolution or withdrawal; a denial leaves the claim open. */
const closing = (events: readonly PlacedClaim[], first: DayNumber): Closing => {
  const close = events.find(
    ({ claim }) =>
      claim.type === 'ClaimResolved' ||
      (claim.type === 'ClaimAssessed' && claim.data.stance === 'WITHDRAWN'),
  );
  if (close === undefined) return { resolvedBy: [] };
  const { claim, on } = close;
  const resolved = claim.type === 'ClaimResolved';
  return {
    outcome: resolved ? claim.data.outcome : 'WITHDRAWN',
    resolvedOn: dateOf(claim),
    resolvedBy: resolved ? (claim.data.by ?? []) : [],
    ...(first > FIRST_DAY && { leadTimeDays: on - first }),
  };
};

const stances = (events: readonly PlacedClaim[]): ReadonlySet<string> =>
  new Set(events.flatMap(({ claim }) => (claim.type === 'ClaimAssessed' ? claim.data.stance : [])));

const furthest = (reports: readonly DataOf<'ClaimReported'>[]): ClaimState['stage'] =>
  CLAIM_STAGES.findLast((stage) => reports.some((report) => report.stage === stage)) ?? 'RUMOURED';

const claimFrom = (claimId: string, events: readonly PlacedClaim[]): KnownClaim | undefined => {
  const reports = events.filter(({ claim }) => claim.type === 'ClaimReported');
  const said = reports.map(({ claim }) => claim.data as DataOf<'ClaimReported'>);
  const [first] = reports;
  const last = said.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const close = closing(events, first.on);
  const heard = stances(events);
  const proposal = said.findLast((report) => (report.proposedChanges?.length ?? 0) > 0);
  return {
    claimId,
    stage: furthest(said),
    open: close.outcome === undefined,
    ...close,
    statement: last.statement,
    by: last.by,
    reportedAt: said[0]?.reportedAt ?? last.reportedAt,
    denied: heard.has('DENIED'),
    corroborated: heard.has('CORROBORATED'),
    about: [...new Set(said.flatMap((report) => report.about ?? []))],
    position: Math.min(...reports.map(({ claim }) => claim.position)),
    ...(proposal && { proposal }),
  };
};

/** Model §6.8: claims reported by the day, in the order of their first reports in the log. */
export const claimsOn = (knowledge: Knowledge, day: DayNumber): readonly KnownClaim[] =>
  [...claimEvents(knowledge, day)]
    .map(([claimId, events]) => claimFrom(claimId, events))
    .filter((claim) => claim !== undefined)
    .toSorted((a, b) => a.position - b.position);

/** A claim without what only the fold needs. */
export const claimState = ({ position: _, proposal: __, ...claim }: KnownClaim): ClaimState =>
  claim;
