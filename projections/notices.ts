import { type Day, type DayNumber, isoDay, NEVER } from '#events/days.ts';
import type { Recorded } from '#events/event.ts';
import { isChange } from '#events/event.ts';
import { dayOf, type EpochMs, startOfDay } from '#events/instants.ts';
import { dayBefore, longestSpan } from '#events/periods.ts';
import type { ChangeId } from '#events/values.ts';
import type { Agenda, Entry, Turn } from './agenda.ts';
import type { History } from './history.ts';
import type { Prospect } from './prospect.ts';

export const NOTICE_KINDS = [
  'CHANGE_TOOK_EFFECT',
  'EXPIRES_SOON',
  'CONDITION_DUE',
  'CHANGE_RESCHEDULED',
  'CHANGE_LAPSED',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** News that no event stands for: a day came, or came to lie elsewhere. */
export type Notice = {
  readonly kind: NoticeKind;
  readonly changeId: ChangeId;
  /** When it falls due, epoch milliseconds. */
  readonly dueAt: EpochMs;
  /** The day spoken of: the first in force, the first no longer in force, the long stop, or the first lapsed. */
  readonly day: Day;
  /** Of a change that was rescheduled: its first day as known before; absent where none was. */
  readonly was?: Day;
  /** Conditions not met. */
  readonly conditions?: readonly string[];
};

const BY_WHAT = {
  starts: 'CHANGE_TOOK_EFFECT',
  ends: 'EXPIRES_SOON',
  longStop: 'CONDITION_DUE',
  lapses: 'CHANGE_LAPSED',
} as const satisfies { readonly [what in Entry['what']]: NoticeKind };

const WHATS = Object.keys(BY_WHAT) as readonly Entry['what'][];

/** Told ahead of their day, by the period of notice. */
const AHEAD: ReadonlySet<Entry['what']> = new Set(['ends', 'longStop']);

/** When a day is told of: as it begins in the agreement's zone, or a period before. */
const dueOf = (what: Entry['what'], day: DayNumber, zone: string, period: string): EpochMs => {
  if (!AHEAD.has(what)) return startOfDay(day, zone);
  return startOfDay(dayBefore(day, period), zone);
};

const noticeOf = (
  { what, changeId, day }: Pick<Entry, 'what' | 'changeId' | 'day'>,
  dueAt: EpochMs,
  conditions: readonly string[],
): Notice => ({
  kind: BY_WHAT[what],
  changeId,
  dueAt,
  day: isoDay(day),
  ...((what === 'longStop' || what === 'lapses') && { conditions }),
});

const inOrder = (a: Notice, b: Notice): number =>
  a.dueAt - b.dueAt || (keyOf(a) < keyOf(b) ? -1 : 1);

/** Sets a notice apart from all others of its agreement that fall due at the same moment. */
export const keyOf = ({ kind, changeId }: Pick<Notice, 'kind' | 'changeId'>): string =>
  `${changeId} ${kind}`;

/**
 * Notices that fall due in `[from, until]`, as known at a position, in order.
 * @param period of notice for what is told ahead: an ISO 8601 duration in days or longer units
 */
export const fallingDue = (
  agenda: Agenda,
  position: number,
  {
    from,
    until,
    period,
  }: { readonly from: EpochMs; readonly until: EpochMs; readonly period: string },
): readonly Notice[] => {
  const { zone } = agenda;
  const last = dayOf(until, zone) + longestSpan(period);
  return agenda
    .ahead(position, dayOf(from, zone) - 1, last)
    .flatMap((entry) => {
      const dueAt = dueOf(entry.what, entry.day, zone, period);
      return from <= dueAt && dueAt <= until ? noticeOf(entry, dueAt, entry.conditions) : [];
    })
    .toSorted(inOrder);
};

type Moment = {
  /** When it was recorded. */
  readonly at: EpochMs;
  /** Everything due before was told of already, by what was known then. */
  readonly told: EpochMs;
  readonly period: string;
  readonly zone: string;
};

/** What should have been told before, had it been known. */
const overdue = ({ changeId, before, now }: Turn, moment: Moment): readonly Notice[] => {
  if (now === undefined) return [];
  const { zone, period, told, at } = moment;
  const due = (what: Entry['what'], prospect: Prospect | undefined): EpochMs =>
    prospect === undefined || prospect[what] >= NEVER
      ? Number.POSITIVE_INFINITY
      : dueOf(what, prospect[what], zone, period);
  return WHATS.flatMap((what) => {
    const dueAt = due(what, now);
    const isNews = dueAt < told && due(what, before) >= told;
    if (!isNews) return [];
    // What an append brings in with all its past is told by its event; of the future, nothing is over yet.
    const over = AHEAD.has(what) ? startOfDay(now[what], zone) <= at : dueAt <= at;
    if (over && (AHEAD.has(what) || before === undefined)) return [];
    return noticeOf({ what, changeId, day: now[what] }, dueAt, now.conditions);
  });
};

/** A first day that lies ahead and was another before, or none. */
const rescheduled = ({ changeId, before, now }: Turn, moment: Moment): readonly Notice[] => {
  if (before === undefined || now === undefined || before.starts === now.starts) return [];
  if (now.starts >= NEVER || startOfDay(now.starts, moment.zone) < moment.told) return [];
  const was = before.starts >= NEVER ? undefined : isoDay(before.starts);
  const kind = 'CHANGE_RESCHEDULED' as const;
  return [{ kind, changeId, dueAt: moment.at, day: isoDay(now.starts), ...(was && { was }) }];
};

/**
 * Notices that an append gives cause to at once, in order of their keys: what it put into the past without its
 * having been told, and what it put on another day.
 */
export const givenCause = (
  agenda: Agenda,
  position: number,
  moment: Omit<Moment, 'zone'>,
): readonly Notice[] => {
  const full = { ...moment, zone: agenda.zone };
  return agenda
    .turnsAt(position)
    .flatMap((turn) => [...overdue(turn, full), ...rescheduled(turn, full)])
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};

/** What a recorded event means to somebody who follows the agreement. */
export type Label =
  | 'RETROACTIVE_CHANGE'
  | 'LATE_DISCOVERY'
  | 'RECORD_CORRECTED'
  | 'RECORD_RETRACTED';

/** The place of the last event that was appended together with this one. */
export const paperEnd = (history: History, event: Recorded): number => {
  let { position } = event;
  for (const next of history.after(event.position)) {
    if (next.metadata.commandId !== event.metadata.commandId) break;
    position = next.position;
  }
  return position;
};

/** Late and retroactive are not the same: the first we learned late, the second the parties agreed late. */
const timing = (history: History, event: Recorded, changeId: ChangeId): readonly Label[] => {
  // Any day will do: a scene is the same on all of them.
  const at = { effectiveOn: isoDay(0), position: paperEnd(history, event) };
  const scene = history.part(changeId).scene(at);
  const dated = scene.view.find(({ change }) => change.eventId === event.id);
  if (dated === undefined || dated.from >= NEVER) return [];
  if (dated.from < dated.executedOn) return ['RETROACTIVE_CHANGE'];
  const late = dated.from < dayOf(event.recordedAt, scene.knowledge.zone);
  return late ? ['LATE_DISCOVERY'] : [];
};

/** The labels of an event, judged by what was known when it was recorded. */
export const labelsOf = (history: History, event: Recorded): readonly Label[] => {
  if (event.type === 'RecordCorrected') return ['RECORD_CORRECTED'];
  if (event.type === 'RecordRetracted') return ['RECORD_RETRACTED'];
  return isChange(event) ? timing(history, event, event.data.changeId) : [];
};
