import { type DayNumber, dayNumber, isoDay, NEVER } from '#events/days.ts';
import { type EventType, isChange, type Recorded } from '#events/event.ts';
import type { Coordinates } from '../coordinates.ts';
import { bringsIn } from '../fold/change.ts';
import type { Dated } from '../fold/dates.ts';
import type { Scene } from '../fold/scene.ts';
import { outOfOrder } from '../fold/source-order.ts';
import type { History } from '../history.ts';
import type { Amended } from '../tracks/tracks.ts';
import { type Held, heldByTerms, heldIn, standingAttribute } from './held.ts';
import type { Days, Outline, Patch } from './outline.ts';

/** The days that can be asked about. */
const FIRST = dayNumber(0, 1, 1);
const LAST = dayNumber(9999, 12, 31);

/** Says nothing of what is in force. */
const SILENT = new Set<EventType>([
  'ClaimReported',
  'ClaimAssessed',
  'ClaimResolved',
  'PointTagged',
]);

/** May bear on days before its own start, and on those of other changes, in ways that their days do not show. */
const FAR_REACHING = new Set<EventType>([
  'AgreementRecorded',
  'AgreementReinstated',
  'ChangeVoided',
  'ConditionResolved',
  'ConflictResolved',
  'CoverageStated',
  'InstrumentRecorded',
  'RecordCorrected',
  'RecordRetracted',
]);

const BEGUN = new Set(['IN_FORCE', 'EXPIRED', 'TERMINATED'].map(standingAttribute));

const ALWAYS: Days = { from: FIRST, until: NEVER };

const firstOf = ({ range, start, from }: Dated): DayNumber =>
  Math.min(range.earliest, start.earliest, from);

/** Text that is the same for changes on the same days. */
const daysIn = ({ range, start, end, from, until, executedOn, ownExecutedOn }: Dated): string =>
  [range, start, end].map(({ earliest, latest }) => `${earliest} ${latest}`).join(' ') +
  ` ${from} ${until} ${executedOn} ${ownExecutedOn}`;

const byPosition = ({ view }: Scene): ReadonlyMap<number, Dated> =>
  new Map(view.map((dated) => [dated.change.position, dated]));

/** The changes whose days differ in two states of knowledge, as they are in each. */
const moved = (before: Scene, after: Scene): readonly Dated[] => {
  const [a, b] = [byPosition(before), byPosition(after)];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((position) => {
    const [was, is] = [a.get(position), b.get(position)];
    if (was === is) return [];
    if (was !== undefined && is !== undefined && daysIn(was) === daysIn(is)) return [];
    return [was, is].flatMap((dated) => dated ?? []);
  });
};

const bringsTerms = (event: Recorded): boolean => isChange(event) && bringsIn(event).length > 0;

/** A paper says something only through changes that name it, and by its place among others: new, none names it. */
const isNewPaper = ({ knowledge }: Scene, event: Recorded): boolean => {
  if (event.type !== 'InstrumentRecorded') return false;
  const { instrumentId } = event.data;
  const { changes, retracted, instruments } = knowledge;
  return (
    !instruments.has(instrumentId) &&
    ![...changes, ...retracted].some((change) => change.instrumentId === instrumentId)
  );
};

/** The days on which an event may have changed what is held; none: it changes nothing. Errs on the side of too many. */
const touchedDays = (
  outline: Outline,
  event: Recorded,
  [before, after]: readonly [Scene, Scene],
): readonly Days[] => {
  if (SILENT.has(event.type)) return [];
  const isReordered = outOfOrder(before.knowledge).length !== outOfOrder(after.knowledge).length;
  if (isNewPaper(before, event) && !isReordered) return [];
  const brings = bringsTerms(event);
  if (FAR_REACHING.has(event.type) || (brings && after.knowledge.someRetracted)) return [ALWAYS];
  const changes = moved(before, after);
  if (changes.some(({ waits }) => waits !== undefined)) return [ALWAYS];
  const from = Math.max(FIRST, Math.min(NEVER, ...changes.map(firstOf)));
  const touched = { from, until: NEVER };
  if (!brings) return [touched];
  // Until something is in force, the agreement waits for what is to come.
  const waiting = outline.daysWithout(BEGUN, { from: FIRST, until: from });
  return [...waiting, touched];
};

const patchOn = (
  { from, until }: Days,
  limits: readonly DayNumber[],
  heldOn: (day: DayNumber) => readonly Held[],
): Patch => {
  const inside = limits.filter((day) => day > from && day < until && day <= LAST);
  const starts = [from, ...inside].filter((day) => day <= LAST);
  const stretches = starts.map((day, place) => ({
    from: day,
    until: starts[place + 1] ?? until,
    held: heldOn(day),
  }));
  return { from, until, stretches };
};

const at = (position: number, day = 0): Coordinates => ({ effectiveOn: isoDay(day), position });

/** What an amendment in a track changed: its own term, from its first day on. */
const turnTerm = (
  history: History,
  outline: Outline,
  { position }: Recorded,
  { termId, from }: Amended,
): void => {
  const limits = history.limits(at(position), termId);
  const patch = patchOn({ from: Math.max(from, FIRST), until: NEVER }, limits, (day) =>
    heldByTerms(history.termAt(termId, at(position, day))),
  );
  outline.turn(position, [patch], termId);
};

const turnAll = (history: History, outline: Outline, event: Recorded): void => {
  const { position } = event;
  const scenes = [history.frame(at(position - 1)), history.frame(at(position))] as const;
  const touched = touchedDays(outline, event, scenes);
  if (touched.length === 0) return;
  const limits = history.limits(at(position));
  const patches = touched.map((days) =>
    patchOn(days, limits, (day) => heldIn(history.stateAt(at(position, day)))),
  );
  outline.turn(position, patches);
};

/**
 * Carries an outline on by one event, given by its index: only days and terms are looked at again that it may
 * have touched. The history may hold later events already.
 */
export const advance = (outline: Outline, history: History, place: number): void => {
  const event = history.events[place];
  if (event === undefined) return;
  const amended = history.amendedBy(place);
  if (amended === undefined) turnAll(history, outline, event);
  else turnTerm(history, outline, event, amended);
};
