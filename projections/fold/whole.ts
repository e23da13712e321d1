import { type DayNumber, NEVER } from '#events/days.ts';
import { type Bounds, bounds } from '#events/edtf.ts';
import type { DataOf } from '#events/event.ts';
import type { TermId } from '#events/values.ts';
import type { Ending } from './apply.ts';
import type { Dated } from './dates.ts';
import type { Scene } from './scene.ts';
import type { Sheet } from './sheet.ts';
import { withSuccessors } from './successors.ts';

/** What the agreement itself says on a day, and whether it still holds. */
export type Whole = {
  readonly title: string;
  readonly description: string | undefined;
  readonly endsOn: string | undefined;
  readonly end: Bounds | undefined;
  readonly statedBy: Dated | undefined;
  readonly standing: 'TERMINATED' | 'EXPIRED' | undefined;
  /** Why a term that is there does not remain; undefined while it does. */
  readonly ending: (termId: TermId) => Ending | undefined;
  /** Terms that remain when the agreement's own end comes. */
  readonly outlives: (termId: TermId) => boolean;
};

type Amendment = { readonly dated: Dated; readonly data: DataOf<'AgreementAmended'> };

const amendmentsIn = (sheet: Sheet): readonly Amendment[] =>
  sheet.steps.flatMap(({ dated }) =>
    dated.change.type === 'AgreementAmended' ? { dated, data: dated.change.data } : [],
  );

/** The last amendment that states a field; winners are applied again at their place. */
const lastStating = (amendments: readonly Amendment[], field: keyof Amendment['data']) =>
  amendments.findLast(({ data }) => field in data);

/** A reinstatement that relates back counts before its own start, unless the termination is assumed. */
const relatesBack = (scene: Scene, sheet: Sheet, termination: Dated): boolean =>
  scene.view.includes(termination) &&
  scene.view.some(
    (dated) =>
      dated.change.type === 'AgreementReinstated' &&
      dated.change.data.relatesBack &&
      sheet.day < dated.from &&
      dated.from < NEVER &&
      sheet.fates.stands(dated),
  );

/** A reinstatement behind a termination, in force on the day, or relating back whatever its start. */
const reinstated = (scene: Scene, sheet: Sheet, termination: Dated): boolean => {
  const place = sheet.steps.findLastIndex(({ dated }) => dated.change === termination.change);
  const behind = sheet.steps.slice(place + 1);
  return (
    behind.some(({ dated }) => dated.change.type === 'AgreementReinstated') ||
    relatesBack(scene, sheet, termination)
  );
};

const holding = (scene: Scene, sheet: Sheet) =>
  sheet.steps.flatMap(({ dated }) =>
    dated.change.type === 'AgreementTerminated' && !reinstated(scene, sheet, dated)
      ? { dated, survives: withSuccessors(dated.change.data.survives, sheet.table.edges) }
      : [],
  );

const endBounds = (stated: Amendment | undefined): Bounds | undefined => {
  const endsOn = stated?.data.endsOn;
  if (stated === undefined || endsOn === undefined || endsOn === null) return undefined;
  const end = bounds(endsOn);
  return {
    earliest: Math.max(end.earliest, stated.dated.start.earliest),
    latest: Math.max(end.latest, stated.dated.start.latest),
  };
};

const hasEnded = (scene: Scene, end: Bounds | undefined, day: DayNumber): boolean => {
  if (end === undefined) return false;
  const late = scene.knowledge.reading.uncertain === 'LATEST';
  return (late ? end.latest : end.earliest) <= day;
};

/** Model §6.7. */
export const wholeOn = (scene: Scene, sheet: Sheet): Whole => {
  const amendments = amendmentsIn(sheet);
  const agreement = scene.knowledge.agreement;
  const stated = lastStating(amendments, 'endsOn');
  const end = endBounds(stated);
  const expired = hasEnded(scene, end, sheet.day);
  const terminations = holding(scene, sheet);
  const kept = lastStating(amendments, 'survives')?.data.survives ?? [];
  const survivors = withSuccessors(kept, sheet.table.edges);
  const [first] = terminations;
  const ending = (termId: TermId): Ending | undefined => {
    const by = terminations.find(({ survives }) => !survives.has(termId))?.dated;
    if (by !== undefined) return { standing: 'TERMINATED', by };
    if (first !== undefined || !expired || stated === undefined || survivors.has(termId)) return;
    return { standing: 'EXPIRED', by: stated.dated };
  };
  return {
    title: lastStating(amendments, 'title')?.data.title ?? agreement?.title ?? '',
    description: lastStating(amendments, 'description')?.data.description ?? agreement?.description,
    endsOn: stated?.data.endsOn ?? undefined,
    end,
    statedBy: stated?.dated,
    standing: first !== undefined ? 'TERMINATED' : expired ? 'EXPIRED' : undefined,
    ending,
    outlives: (termId) => first !== undefined || survivors.has(termId),
  };
};
