import { type Day, isoDay, parseDay } from '#events/days.ts';
import { dayOf, endOfDay, epochMs, type Instant, isInstant, isoInstant } from '#events/instants.ts';
import type { Coordinates } from '#projections/coordinates.ts';
import type { History } from '#projections/history.ts';
import { versionsOf } from '#projections/versions.ts';
import { readCursor } from './cursor.ts';
import { QuestionError } from './errors.ts';
import type { Question } from './question.ts';

/** Where the log and the clock stand when a question is asked. */
export type Present = {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly position: number;
  /** When all that the log held was last known here, epoch milliseconds; absent: now. */
  readonly behindSince?: number;
};

/** Coordinates with every default filled in: they name one answer for ever. */
export type Resolved = Coordinates & {
  readonly knownAt: Instant;
  readonly position: number;
  readonly knowledge: 'RECORDED' | 'PUBLIC';
  readonly uncertain: 'REPORT' | 'EARLIEST' | 'LATEST';
  readonly behindSince?: Instant;
};

const momentOf = (knownAt: Instant | Day, zone: string): number =>
  isInstant(knownAt) ? epochMs(knownAt) : endOfDay(parseDay(knownAt), zone);

/**
 * The moment up to which things are known, in the zone first recorded. What will be known on a later day can not be
 * told; today counts, to its end. @throws {QuestionError} KNOWN_AT_NOT_REACHED
 */
export const knownMoment = (
  zone: string,
  knownAt: Question['knownAt'],
  { now }: Pick<Present, 'now'>,
): number => {
  if (knownAt === undefined) return now;
  const moment = momentOf(knownAt, zone);
  if (moment <= endOfDay(dayOf(now, zone), zone)) return moment;
  throw new QuestionError(
    'KNOWN_AT_NOT_REACHED',
    `knownAt ${knownAt} lies in the future; ask for now or earlier (effectiveOn may lie in the future).`,
  );
};

/** Now, the instant asked about, or when a reader of the feed had come to the cursor. */
const momentAsked = ({ cursor, asOf }: Question, { now }: Present): number => {
  if (asOf !== undefined) return epochMs(asOf);
  return cursor === undefined ? now : Math.min(now, readCursor(cursor).due);
};

/** @throws {QuestionError} POSITION_NOT_REACHED */
export const positionOf = (question: Question, present: Pick<Present, 'position'>): number => {
  const position = positionAsked(question);
  if (position === undefined) return present.position;
  if (position <= present.position) return position;
  throw new QuestionError(
    'POSITION_NOT_REACHED',
    `The log ends at position ${present.position}; ${position} is not there yet.`,
  );
};

const versionDay = (history: History, at: Resolved, version: number): Day => {
  const versions = versionsOf(history, at);
  const found = versions[version - 1];
  if (found !== undefined) return found.from;
  throw new QuestionError(
    'NO_SUCH_VERSION',
    versions.length === 0
      ? 'There is no version: no term is in force on any day at this knowledge.'
      : `There are versions 1 to ${versions.length} at this knowledge, and no version ${version}.`,
  );
};

const tagged = (history: History, at: Resolved, tag: string) => {
  const { tags } = history.frame(at).knowledge;
  const found = tags.findLast((point) => point.tag === tag);
  if (found !== undefined) return found;
  const names = [...new Set(tags.map((point) => point.tag))].join(', ') || 'none';
  throw new QuestionError('NO_SUCH_TAG', `No point is tagged ${tag}; there are: ${names}.`);
};

const given = (...values: readonly unknown[]): number =>
  values.filter((value) => value !== undefined).length;

const onlyOne = (question: Question): void => {
  const { effectiveOn, version, tag, cursor, asOf, position, knownAt, knowledge } = question;
  if (given(effectiveOn, version, tag, cursor, asOf) > 1) {
    throw new QuestionError(
      'AMBIGUOUS_QUESTION',
      'effectiveOn, version, tag, cursor and asOf each name a day; give one of them.',
    );
  }
  if (asOf !== undefined && given(knownAt, knowledge) > 0) {
    throw new QuestionError(
      'AMBIGUOUS_QUESTION',
      'asOf says itself what is known: what was public by then; leave knownAt and knowledge out.',
    );
  }
  if (given(position, cursor) > 1) {
    throw new QuestionError(
      'AMBIGUOUS_QUESTION',
      'position and cursor each name a place in the log; give one of them.',
    );
  }
};

/** The place in the log that a question names, by itself or by a cursor. @throws {QuestionError} BAD_CURSOR */
export const positionAsked = ({ position, cursor }: Question): number | undefined =>
  cursor === undefined ? position : readCursor(cursor).position;

const onDay = (history: History, question: Question, at: Resolved, present: Present): Resolved => {
  const { version, tag, knownAt } = question;
  if (version !== undefined) return { ...at, effectiveOn: versionDay(history, at, version) };
  if (tag === undefined) return at;
  const point = tagged(history, at, tag);
  const known = knownAt ?? point.knownAt;
  const moment =
    known === undefined
      ? at.knownAt
      : isoInstant(knownMoment(history.zoneFirstRecorded, known, present));
  return { ...at, effectiveOn: point.effectiveOn, knownAt: moment as Instant };
};

/** Fills in the defaults of a question: today in the agreement's zone, all that is known now. */
export const resolveQuestion = (
  history: History,
  question: Question,
  present: Present,
): Resolved => {
  onlyOne(question);
  const { executedBy, assume, asOf, uncertain = 'REPORT' } = question;
  const { knowledge = asOf === undefined ? 'RECORDED' : 'PUBLIC', knownAt = asOf } = question;
  const { zone } = history;
  const at: Resolved = {
    effectiveOn: question.effectiveOn ?? isoDay(dayOf(momentAsked(question, present), zone)),
    knownAt: isoInstant(knownMoment(history.zoneFirstRecorded, knownAt, present)) as Instant,
    position: positionOf(question, present),
    knowledge,
    ...(executedBy && { executedBy }),
    ...(assume && { assume }),
    uncertain,
    ...(present.behindSince !== undefined && {
      behindSince: isoInstant(present.behindSince) as Instant,
    }),
  };
  return onDay(history, question, at, present);
};
