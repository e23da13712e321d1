import { type DayNumber, NEVER } from '#events/days.ts';
import type { Source } from '#events/source.ts';
import {
  type ChangeId,
  type EventId,
  GRADES,
  type Grade,
  type InstrumentId,
} from '#events/values.ts';
import { askedChange, type ChangeInput, VERBS } from '#events/verbs.ts';
import type { Assumptions } from '../coordinates.ts';
import { NOT_AT_ALL } from './bounds.ts';
import { type Change, termParts } from './change.ts';
import { claimsOn, type KnownClaim } from './claims.ts';
import type { Dated } from './dates.ts';
import { behindTargets } from './order.ts';
import { pendingOn } from './pending.ts';
import { type Scene, withView } from './scene.ts';

/** A change that starts on the day and never ends, whatever its papers say. */
const onDay = ({ waits: _, ...dated }: Dated, day: DayNumber): Dated => ({
  ...dated,
  from: day,
  until: NEVER,
  range: { earliest: day, latest: day },
  start: { earliest: day, latest: day },
  end: NOT_AT_ALL,
});

const claimGrade = (sources: readonly Source[]): Grade =>
  GRADES[Math.min(GRADES.length - 1, ...sources.map((source) => GRADES.indexOf(source.grade)))] ??
  'INFERRED';

/** One part of a claim's proposal as if it were a change; part n is named `<claimId>/<n>`. */
const proposed = (claim: KnownClaim, input: ChangeInput, n: number, day: DayNumber): Dated => {
  const { verb, data } = askedChange(input);
  const changeId = `${claim.claimId}/${n}` as ChangeId;
  const instrumentId = (claim.proposal?.instrumentId ?? claim.claimId) as InstrumentId;
  const payload = { type: VERBS[verb], data: { ...data, changeId, instrumentId } } as Parameters<
    typeof termParts
  >[0];
  const change: Change = {
    ...payload,
    changeId,
    eventId: changeId as string as EventId,
    instrumentId,
    instrument: undefined,
    instrumentRetracted: false,
    position: Number.MAX_SAFE_INTEGER,
    recordedAt: 0,
    executed: undefined,
    announced: undefined,
    from: 'unknown' as Change['from'],
    until: undefined,
    grade: data.evidence ?? claimGrade(data.sources ?? claim.proposal?.sources ?? []),
    weight: 0,
    ...termParts(payload),
  };
  const start = { earliest: day, latest: day };
  const executed = { executedOn: day, ownExecutedOn: day };
  return { change, range: start, start, end: NOT_AT_ALL, from: day, until: NEVER, ...executed };
};

/** Model §6.9: scheduled changes in the order of their starts, then prospective, then open claims'. */
export const withAssumed = (scene: Scene, day: DayNumber, assume: Assumptions): Scene => {
  const pending = pendingOn(scene, day);
  const known = [
    ...(assume.scheduled === true ? pending.scheduled : []),
    ...(assume.prospective === true ? pending.prospective : []),
  ];
  const claims = claimsOn(scene.knowledge, day);
  const said = (assume.claims ?? []).flatMap((claimId) => {
    const claim = claims.find((one) => one.claimId === claimId && one.open);
    if (claim === undefined) return [];
    const parts = claim.proposal?.proposedChanges ?? [];
    return parts.map((part, i) => proposed(claim, part, i + 1, day));
  });
  const taken = new Set(known);
  const actual = scene.view.filter((dated) => !taken.has(dated));
  const assumed = behindTargets(known).map((dated) => onDay(dated, day));
  return withView(scene, [...actual, ...assumed, ...said]);
};
