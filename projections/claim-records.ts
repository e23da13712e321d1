import { FIRST_DAY, parseDay } from '#events/days.ts';
import type { Source } from '#events/source.ts';
import type { ChangeId } from '#events/values.ts';
import type { Coordinates } from './coordinates.ts';
import { claimEvents, type PlacedClaim } from './fold/claims.ts';
import { type History, stateAt } from './history.ts';
import type { ClaimState } from './state.ts';

/** One thing that was said of a claim, or became of it. */
export type ClaimStep = {
  readonly what:
    | 'REPORTED'
    | 'CORROBORATED'
    | 'DENIED'
    | 'WITHDRAWN'
    | 'CONFIRMED'
    | 'PARTLY'
    | 'REFUTED'
    | 'LAPSED';
  /** As its source gives it. */
  readonly on: string;
  /** Who said so; of a resolution nobody is named. */
  readonly by?: string;
  /** Of a report. */
  readonly stage?: ClaimState['stage'];
  readonly statement?: string;
  readonly sources: readonly Source[];
  readonly note?: string;
  /** Of a resolution: the changes that settled it. */
  readonly changes: readonly ChangeId[];
  /** Days from the first report; absent where its day is open. */
  readonly afterDays?: number;
};

/** A claim with all that was said of it by a day. */
export type ClaimRecord = ClaimState & {
  /** Days from the first report to the resolution or withdrawal, else to the day asked about; as `leadTimeDays`. */
  readonly openDays?: number;
  /** In the order of their days, then of the log. */
  readonly steps: readonly ClaimStep[];
};

type Said = Pick<ClaimStep, 'what' | 'on' | 'by' | 'stage' | 'statement' | 'note'> & {
  readonly sources?: readonly Source[];
  readonly changes?: readonly ChangeId[];
};

const saidBy = ({ claim }: PlacedClaim): Said => {
  switch (claim.type) {
    case 'ClaimReported': {
      const { reportedAt, by, stage, statement, sources } = claim.data;
      return { what: 'REPORTED', on: reportedAt, by, stage, statement, sources };
    }
    case 'ClaimAssessed': {
      const { stance, on, by, sources = [], note } = claim.data;
      return { what: stance, on, by, sources, ...(note !== undefined && { note }) };
    }
    default: {
      const { outcome, on, by = [], note } = claim.data;
      return { what: outcome, on, changes: by, ...(note !== undefined && { note }) };
    }
  }
};

const stepOf = (placed: PlacedClaim, first: PlacedClaim): ClaimStep => ({
  sources: [],
  changes: [],
  ...saidBy(placed),
  ...(first.on > FIRST_DAY && { afterDays: placed.on - first.on }),
});

const recordOf = (
  claim: ClaimState,
  events: readonly PlacedClaim[],
  day: number,
): readonly ClaimRecord[] => {
  const first = events.find((placed) => placed.claim.type === 'ClaimReported');
  if (first === undefined) return [];
  const isKnown = first.on > FIRST_DAY;
  const steps = events.map((placed) => stepOf(placed, first));
  return [{ ...claim, ...(isKnown && { openDays: claim.leadTimeDays ?? day - first.on }), steps }];
};

/** The claims reported by the day of the point, each with who reported, confirmed and denied it, and how it ended. */
export const claimRecordsAt = (history: History, at: Coordinates): readonly ClaimRecord[] => {
  const day = parseDay(at.effectiveOn);
  const events = claimEvents(history.frame(at).knowledge, day);
  return stateAt(history, at).claims.flatMap((claim) =>
    recordOf(claim, events.get(claim.claimId) ?? [], day),
  );
};
