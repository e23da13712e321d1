import { type DayNumber, NEVER } from '#events/days.ts';
import { bounds, isExact } from '#events/edtf.ts';
import type { ChangeEvent, DataOf, EventOf, Recorded } from '#events/event.ts';
import { type EpochMs, isInstant } from '#events/instants.ts';
import { type Grade, strength } from '#events/values.ts';
import { type Change, changeOf, gradeOf, instrumentGrade, statedDates } from '../fold/change.ts';
import { type Dated, datedFrom } from '../fold/dates.ts';
import { executionDay } from '../fold/execution.ts';
import type { Reading } from '../fold/known.ts';
import type { Ordered } from '../fold/order.ts';
import { publicSince as changePublicSince, isPublic as isChangePublic } from '../fold/publicity.ts';

/** The record of the agreement, which tells its time zone. */
export type Home = Recorded<EventOf<'AgreementRecorded'>>;

/** The paper that a change comes from, and its proof; `home`: absent where the agreement was recorded behind it. */
export type Paper = {
  readonly data: DataOf<'InstrumentRecorded'>;
  readonly grade: Grade;
  readonly home: Home | undefined;
};

export const paperOf = (data: DataOf<'InstrumentRecorded'>, home: Home | undefined): Paper => ({
  data,
  grade: instrumentGrade(data),
  home,
});

/** A change whose days are exact, so that they follow from its own words and its paper's alone. */
export type Row = Ordered & {
  readonly event: Recorded<ChangeEvent>;
  readonly paper: Paper;
  /** The index in the history from which it is said, and the one from which it is not any more; NEVER: none. */
  readonly place: number;
  till: number;
  readonly until: DayNumber;
  /** From what an instant among its dates takes its day; absent where there is none. */
  readonly home?: Home;
};

export type Amendment = Recorded<EventOf<'TermAmended'>>;

/** What an amendment sets. */
export const valuesIn = ({ event }: Row): DataOf<'TermAmended'>['values'] =>
  (event.data as DataOf<'TermAmended'>).values;

/** The day of a date that stands for one day wherever one is; undefined for any other. */
const exactDay = (date: Change['from'] | undefined): DayNumber | undefined => {
  if (typeof date !== 'string' || isInstant(date)) return undefined;
  const days = bounds(date);
  return isExact(days) ? days.earliest : undefined;
};

/** An instant lies on different days in different zones. */
const isZoned = ({ executed, announced }: Pick<Change, 'executed' | 'announced'>): boolean =>
  executed === undefined && announced !== undefined && isInstant(announced);

const zoneOf = (home: Home | undefined): string => home?.data.timeZone ?? '';

/** A change as a row; undefined where its days are not exact. */
export const rowOf = (
  event: Recorded<ChangeEvent>,
  paper: Paper,
  place: number,
): Row | undefined => {
  const stated = statedDates(event.data, paper.data);
  const from = exactDay(stated.from);
  const until = stated.until === undefined ? NEVER : exactDay(stated.until as Change['from']);
  if (from === undefined || until === undefined) return undefined;
  const home = isZoned(stated) ? paper.home : undefined;
  if (isZoned(stated) && home === undefined) return undefined;
  const start = { earliest: from, latest: from };
  return {
    event,
    paper,
    place,
    till: NEVER,
    from,
    until,
    executedOn: executionDay(stated, start, zoneOf(home)),
    change: { weight: strength(paper.grade), position: event.position },
    ...(home && { home }),
  };
};

export const gradeIn = ({ event, paper }: Row): Grade => gradeOf(event.data, paper.grade);

const changeIn = ({ event, paper }: Row): Change =>
  changeOf({ event, data: event.data }, paper.data, false);

/** The same as the fold dates it, at whatever knowledge. */
export const datedRow = (row: Row): Dated => {
  const start = { earliest: row.from, latest: row.from };
  return datedFrom(changeIn(row), start, { zone: zoneOf(row.home), uncertain: 'REPORT' });
};

/** The moment from which it is public. */
export const publicSince = (row: Row, reading: Reading): EpochMs =>
  changePublicSince(changeIn(row), reading);

export const isPublic = (row: Row, reading: Reading): boolean =>
  isChangePublic(changeIn(row), reading);
