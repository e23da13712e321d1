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
import { actsOn, bringsIn, type Change } from './change.ts';
import { claimsOn, type KnownClaim } from './claims.ts';
import type { Dated } from './dates.ts';
import { ordered } from './order.ts';
import { pendingOn } from './pending.ts';
import type { Scene } from './scene.ts';

/** A change that starts on the day and never ends, whatever its papers say. */
const onDay = (dated: Dated, day: DayNumber): Dated => ({
  ...dated,
  from: day,
  until: NEVER,
  start: { earliest: day, latest: day },
  end: { earliest: NEVER, latest: NEVER },
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
    typeof actsOn
  >[0];
  const change: Change = {
    ...payload,
    changeId,
    eventId: changeId as string as EventId,
    instrumentId,
    instrument: undefined,
    instrumentRetracted: false,
    position: claim.position,
    recordedAt: 0,
    executed: undefined,
    announced: undefined,
    from: 'unknown' as Change['from'],
    until: undefined,
    grade: data.evidence ?? claimGrade(data.sources ?? claim.proposal?.sources ?? []),
    weight: 0,
    acts: actsOn(payload),
    brings: bringsIn(payload),
  };
  const at = { earliest: day, latest: day };
  const never = { earliest: NEVER, latest: NEVER };
  return {
    change,
    start: at,
    end: never,
    from: day,
    until: NEVER,
    executedOn: day,
    ownExecutedOn: day,
  };
};

/** Rectifications follow their targets even among the assumed. */
const inTurn = (scene: Scene, chosen: ReadonlySet<Dated>): readonly Dated[] =>
  ordered(scene.view.filter((dated) => chosen.has(dated)));

/** Model §6.9: scheduled changes in the order of their starts, then prospective, then open claims'. */
export const assumedOn = (
  scene: Scene,
  day: DayNumber,
  assume: Assumptions | undefined,
): readonly Dated[] => {
  if (assume === undefined) return [];
  const pending = pendingOn(scene, day);
  const scheduled = assume.scheduled === true ? inTurn(scene, new Set(pending.scheduled)) : [];
  const prospective =
    assume.prospective === true
      ? pending.prospective.toSorted((a, b) => a.change.position - b.change.position)
      : [];
  const claims = claimsOn(scene.knowledge, day);
  const said = (assume.claims ?? []).flatMap((claimId) => {
    const claim = claims.find((known) => known.claimId === claimId && known.open);
    const parts = claim?.proposal?.proposedChanges ?? [];
    return parts.map((part, i) => proposed(claim as KnownClaim, part, i + 1, day));
  });
  return [
    ...scheduled.map((d) => onDay(d, day)),
    ...prospective.map((d) => onDay(d, day)),
    ...said,
  ];
};
