import { type DayNumber, NEVER } from '#events/days.ts';
import { type Bounds, bounds } from '#events/edtf.ts';
import type { TermId } from '#events/values.ts';
import { ending, pinned } from './bounds.ts';
import type { Dated } from './dates.ts';
import type { Scene, Sheet } from './scene.ts';
import { type Ending, fieldsAgain } from './step.ts';
import { withSuccessors } from './successors.ts';

/** What the amendments of the agreement itself say on a day. */
type OwnFields = {
  readonly title?: string;
  readonly description?: string;
  readonly survives?: readonly TermId[];
  /** As its source gives it. */
  readonly endsOn?: string;
  readonly endStatedBy?: Dated;
};

/** What the agreement itself says on a day, and whether it still holds. */
export type Whole = OwnFields & {
  readonly title: string;
  readonly end: Bounds | undefined;
  readonly standing: 'TERMINATED' | 'EXPIRED' | undefined;
  /** Why a term that is there does not remain; undefined while it does. */
  readonly ending: (termId: TermId) => Ending | undefined;
  /** Terms that remain when the agreement's own end comes. */
  readonly outlives: (termId: TermId) => boolean;
};

const ownFields = (sheet: Sheet): OwnFields => {
  let fields: OwnFields = {};
  for (const step of sheet.steps) {
    const { dated, how } = step;
    if (how !== 'applied' || dated.change.type !== 'AgreementAmended') continue;
    const again = fieldsAgain(step, undefined);
    const { title, description, survives, endsOn } = dated.change.data;
    const stated = Object.entries({ title, description, survives, endsOn }).filter(
      ([name, value]) => value !== undefined && again?.has(name) !== false,
    );
    const own = Object.fromEntries(stated);
    fields = { ...fields, ...own, ...('endsOn' in own && { endStatedBy: dated }) };
  }
  return fields;
};

/** A reinstatement that relates back counts before its own start when it stands behind the termination. */
const relatesBack = (scene: Scene, sheet: Sheet, termination: Dated): boolean =>
  scene.view
    .slice(scene.view.indexOf(termination) + 1)
    .some(
      (dated) =>
        dated.change.type === 'AgreementReinstated' &&
        dated.change.data.relatesBack &&
        sheet.day < dated.from &&
        dated.from < NEVER &&
        sheet.fates.stands(dated),
    );

/** The terminations that hold, each with what it lets survive. */
const holding = (scene: Scene, sheet: Sheet) =>
  sheet.applied.flatMap((dated, place) => {
    if (dated.change.type !== 'AgreementTerminated') return [];
    const behind = sheet.applied.slice(place + 1);
    const undone = behind.some(({ change }) => change.type === 'AgreementReinstated');
    if (undone || relatesBack(scene, sheet, dated)) return [];
    return { dated, survives: withSuccessors(dated.change.data.survives, sheet.table.edges) };
  });

const over = (standing: Ending['standing'], by: Dated, day: DayNumber): Ending => ({
  standing,
  by,
  day,
  successors: [],
});

/** The bounds of the stated end, and the day on which it counts as come. */
const statedEnd = ({ knowledge }: Scene, endsOn: string | null | undefined) => {
  if (endsOn === undefined || endsOn === null) return { end: undefined, lastDay: NEVER };
  const { uncertain } = knowledge.reading;
  const end = bounds(endsOn);
  return { end: pinned(end, uncertain), lastDay: ending(end, uncertain) };
};

/** Model §6.7. */
export const wholeOn = (scene: Scene, sheet: Sheet): Whole => {
  const { agreement } = scene.knowledge;
  const { endsOn, endStatedBy, ...own } = ownFields(sheet);
  const { end, lastDay } = statedEnd(scene, endsOn);
  const expired = lastDay <= sheet.day;
  const terminations = holding(scene, sheet);
  const terminated = terminations.length > 0;
  const survivors = withSuccessors(own.survives ?? [], sheet.table.edges);
  const outlives = (termId: TermId) => terminated || survivors.has(termId);
  const description = own.description ?? agreement?.description;
  return {
    ...own,
    title: own.title ?? agreement?.title ?? '',
    ...(description !== undefined && { description }),
    ...(end !== undefined && { endsOn, endStatedBy }),
    end,
    standing: terminated ? 'TERMINATED' : expired ? 'EXPIRED' : undefined,
    ending: (termId) => {
      const by = terminations.find(({ survives }) => !survives.has(termId))?.dated;
      if (by !== undefined) return over('TERMINATED', by, by.from);
      if (!expired || endStatedBy === undefined || outlives(termId)) return undefined;
      return over('EXPIRED', endStatedBy, lastDay);
    },
    outlives,
  };
};
