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

/** The days on which events may have changed what is held; none: they change nothing. Errs on the side of too many. */
const touchedDays = (
  outline: Outline,
  events: readonly Recorded[],
  [before, after]: readonly [Scene, Scene],
): readonly Days[] => {
  const isReordered = outOfOrder(before.knowledge).length !== outOfOrder(after.knowledge).length;
  const telling = events.filter(
    (event) => !SILENT.has(event.type) && (isReordered || !isNewPaper(before, event)),
  );
  if (telling.length === 0) return [];
  const brings = telling.some(bringsTerms);
  const isFarReaching = telling.some(({ type }) => FAR_REACHING.has(type));
  if (isFarReaching || (brings && after.knowledge.someRetracted)) return [ALWAYS];
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

/** What events outside of the tracks changed up to a position, on all days that they touch. */
const turnAll = (
  history: History,
  outline: Outline,
  events: readonly Recorded[],
  position: number,
): void => {
  const [first] = events;
  if (first === undefined) return;
  const scenes = [history.frame(at(first.position - 1)), history.frame(at(position))] as const;
  const touched = touchedDays(outline, events, scenes);
  if (touched.length === 0) return;
  const limits = history.limits(at(position));
  const patches = touched.map((days) =>
    patchOn(days, limits, (day) => heldIn(history.stateAt(at(position, day)))),
  );
  outline.turn(position, patches);
};

/** Whether two events come of one command and lie side by side in the log: nobody means to ask between them. */
export const isOneCommand = (
  a: Pick<Recorded, 'position' | 'metadata'>,
  b: Pick<Recorded, 'position' | 'metadata'>,
): boolean => b.position === a.position + 1 && a.metadata.commandId === b.metadata.commandId;

/**
 * Carries an outline on by the events of one command, the first given by its index: only days and terms are looked at
 * again that they may have touched. Between them it does not hold. The history may hold later events already.
 *
 * @returns the index behind them
 */
export const advance = (outline: Outline, history: History, first: number): number => {
  const others: Recorded[] = [];
  for (let place = first; ; place++) {
    const [event, next] = [history.events[place], history.events[place + 1]];
    if (event === undefined) return place;
    const amended = history.amendedBy(place);
    if (amended === undefined) others.push(event);
    else turnTerm(history, outline, event, amended);
    if (next !== undefined && isOneCommand(event, next)) continue;
    turnAll(history, outline, others, event.position);
    return place + 1;
  }
};
