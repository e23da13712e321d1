import { NEVER } from '#events/days.ts';
import type { DataOf } from '#events/event.ts';
import type { ChangeId, InstrumentId } from '#events/values.ts';
import { askedChange, VERBS } from '#events/verbs.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import { best } from './bounds.ts';
import type { Body, Dated } from './change.ts';
import type { Claims } from './claims.ts';
import type { Scene } from './order.ts';
import { pendingOn } from './pending.ts';

/** What a claim proposes, named `<claimId>/<n>`, as if done on the day; dates of its own are ignored. */
const proposed = (report: DataOf<'ClaimReported'>, day: number): Dated[] =>
  (report.proposedChanges ?? []).map((input, index) => {
    const { verb, data } = askedChange(input);
    // The claim's own names; a claim without a paper is its own.
    const id = `${report.claimId}/${index + 1}` as ChangeId;
    const instrumentId = report.instrumentId ?? (report.claimId as string as InstrumentId);
    const body = { type: VERBS[verb], data: { ...data, changeId: id, instrumentId } };
    return {
      id,
      instrumentId,
      position: Number.MAX_SAFE_INTEGER,
      body: body as unknown as Body,
      away: false,
      day,
      endDay: NEVER,
      conditional: false,
      lapsesOn: NEVER,
      conditions: [],
      executed: day,
      ownExecuted: day,
      grade: data.evidence ?? best(data.sources ?? report.sources),
      instrumentGrade: 'INFERRED',
      ofDocument: false,
    };
  });

export const claimed = (claims: Claims, asked: readonly string[], day: number): Dated[] =>
  asked.flatMap((claimId) => {
    if (claims.state(claimId)?.open !== true) return [];
    const report = claims.reports.findLast(
      ({ data }) => data.claimId === claimId && data.proposedChanges !== undefined,
    );
    return report === undefined ? [] : proposed(report.data, day);
  });

const taken = (change: Dated, day: number, assumed: number): Dated => {
  const { end: _, ...rest } = change;
  return {
    ...rest,
    start: { earliest: day, latest: day },
    day,
    endDay: NEVER,
    conditional: false,
    assumed,
  };
};

/** The active changes with those assumed starting on the day, behind all others (§6.9). */
export const assuming = (
  scene: Scene,
  day: number,
  assume: Coordinates['assume'],
  claims: readonly Dated[],
): Dated[] => {
  const chosen = [
    ...(assume?.scheduled === true ? pendingOn(scene, day, 'SCHEDULED') : []),
    ...(assume?.prospective === true ? pendingOn(scene, day, 'PROSPECTIVE') : []),
    ...claims,
  ].map((change, index) => taken(change, day, index));
  const ids = new Set(chosen.map(({ id }) => id));
  return [...scene.active.filter(({ id }) => !ids.has(id)), ...chosen];
};
