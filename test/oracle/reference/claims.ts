import { CLAIM_STAGES } from '#events/claims.ts';
import { FIRST_DAY, NEVER } from '#events/days.ts';
import type { DataOf, EventType } from '#events/event.ts';
import type { ClaimState } from '#projections/state.ts';
import { dateOf, type Mode, startDay } from './bounds.ts';
import { type Known, type Said, saidOf } from './known.ts';

type Timed<T extends EventType> = {
  readonly data: DataOf<T>;
  readonly day: number;
  readonly position: number;
};

/** The claims on a day (§6.8). */
export class Claims {
  readonly reports: readonly Timed<'ClaimReported'>[];
  readonly #assessed: readonly Timed<'ClaimAssessed'>[];
  readonly #resolved: readonly Timed<'ClaimResolved'>[];

  constructor(known: Known, zone: string, mode: Mode, by: number) {
    const timed = <T extends EventType>(said: Said<T>[], date: (data: DataOf<T>) => string) =>
      said
        .filter(({ away }) => !away)
        .map(({ data, event: { position } }) => {
          return { data, position, day: startDay(dateOf(date(data), zone), mode) };
        })
        .filter(({ day }) => day <= by && day < NEVER)
        .toSorted((a, b) => a.day - b.day || a.position - b.position);
    this.reports = timed(saidOf(known.all, 'ClaimReported'), (data) => data.reportedAt);
    this.#assessed = timed(saidOf(known.all, 'ClaimAssessed'), (data) => data.on);
    this.#resolved = timed(saidOf(known.all, 'ClaimResolved'), (data) => data.on);
  }

  #end(
    claimId: string,
  ):
    | (Pick<ClaimState, 'outcome' | 'resolvedOn'> & { day: number; by: ClaimState['resolvedBy'] })
    | undefined {
    const resolved = this.#resolved
      .filter(({ data }) => data.claimId === claimId)
      .map(({ data, day, position }) => ({
        position,
        outcome: data.outcome,
        resolvedOn: data.on,
        day,
        by: data.by ?? [],
      }));
    const withdrawn = this.#assessed
      .filter(({ data }) => data.claimId === claimId && data.stance === 'WITHDRAWN')
      .map(({ data, day, position }) => ({
        position,
        outcome: 'WITHDRAWN' as const,
        resolvedOn: data.on,
        day,
        by: [],
      }));
    return [...resolved, ...withdrawn].toSorted(
      (a, b) => a.day - b.day || a.position - b.position,
    )[0];
  }

  #has(claimId: string, stance: string): boolean {
    return this.#assessed.some(({ data }) => data.claimId === claimId && data.stance === stance);
  }

  state(claimId: string): ClaimState | undefined {
    const reports = this.reports.filter(({ data }) => data.claimId === claimId);
    const first = reports[0];
    const last = reports.at(-1);
    if (first === undefined || last === undefined) return undefined;
    const end = this.#end(claimId);
    const furthest = Math.max(...reports.map(({ data }) => CLAIM_STAGES.indexOf(data.stage)));
    return {
      claimId,
      stage: CLAIM_STAGES[furthest] ?? last.data.stage,
      open: end === undefined,
      ...(end?.outcome && { outcome: end.outcome }),
      statement: last.data.statement,
      by: last.data.by,
      reportedAt: first.data.reportedAt,
      ...(end?.resolvedOn && { resolvedOn: end.resolvedOn }),
      resolvedBy: end?.by ?? [],
      ...(end && first.day > FIRST_DAY && { leadTimeDays: end.day - first.day }),
      denied: this.#has(claimId, 'DENIED'),
      corroborated: this.#has(claimId, 'CORROBORATED'),
      about: [...new Set(reports.flatMap(({ data }) => data.about ?? []))],
    };
  }

  states(): ClaimState[] {
    // In the order of the log.
    const logged = this.reports.toSorted((a, b) => a.position - b.position);
    const ids = new Set(logged.map(({ data }) => data.claimId));
    return [...ids].flatMap((id) => this.state(id) ?? []);
  }
}
