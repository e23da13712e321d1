import { decode } from '#events/codec.ts';
import { isoDay } from '#events/days.ts';
import { isChange } from '#events/event.ts';
import { dayOf } from '#events/instants.ts';
import type { ChangeId } from '#events/values.ts';
import type { ChangeView } from '#projections/change-view.ts';
import type { History } from '#projections/history.ts';
import { materialityOf, materialityOnFirstDay } from '#projections/materiality.ts';
import { labelsOf, type Notice, paperEnd } from '#projections/notices.ts';
import { changesAt } from '#projections/timeline.ts';
import type { StoredEvent } from '#store/store.ts';
import {
  type FeedFilter,
  passesMaterial,
  passesStanding,
  passesTerms,
  termsOfEvent,
} from './feed-filter.ts';
import type { NoticeItem, RecordedItem } from './feed-item.ts';

const LATE_MS = 60_000;

type Place = { readonly cursor: string; readonly position: number };

/** A change on the day of a moment, as known up to a position. */
const viewOn = (
  history: History,
  changeId: ChangeId,
  { moment, position }: { readonly moment: number; readonly position: number },
): ChangeView | undefined => {
  const effectiveOn = isoDay(dayOf(moment, history.zoneFirstRecorded));
  return changesAt(history.part(changeId), [changeId], { effectiveOn, position })[0];
};

/** A recorded event for a subscriber; undefined where its filter leaves it out. */
export const recordedItem = (
  history: History,
  stored: StoredEvent,
  filter: FeedFilter,
  cursor: string,
): RecordedItem | undefined => {
  const event = decode(stored);
  const { types } = filter;
  if (types !== undefined && !types.includes(event.type)) return undefined;
  const kind = 'CHANGE_RECORDED' as const;
  if (event.type === 'Unreadable') return { kind, cursor, event, labels: [] };
  const terms = termsOfEvent(history, event);
  if (!passesTerms(filter, history, { terms, position: event.position })) return undefined;
  const change = isChange(event)
    ? viewOn(history, event.data.changeId, {
        moment: event.recordedAt,
        position: paperEnd(history, event),
      })
    : undefined;
  if (!passesStanding(filter, change)) return undefined;
  if (!passesMaterial(filter, () => materialityOf(history, event))) return undefined;
  return { kind, cursor, event, ...(change && { change }), labels: labelsOf(history, event) };
};

/** A notice for a subscriber; undefined where its filter leaves it out. */
export const noticeItem = (
  history: History,
  notice: Notice,
  filter: FeedFilter,
  { now, cursor, position }: Place & { readonly now: number },
): NoticeItem | undefined => {
  const { changeId, dueAt, ...said } = notice;
  if (filter.notices !== undefined && !filter.notices.includes(notice.kind)) return undefined;
  const change = viewOn(history, changeId, { moment: dueAt, position });
  if (change === undefined || !passesStanding(filter, change)) return undefined;
  if (!passesTerms(filter, history, { ...change, position })) return undefined;
  const judge = () => materialityOnFirstDay(history, changeId, position);
  if (!passesMaterial(filter, judge)) return undefined;
  const { agreementId: agreement } = history;
  return { ...said, cursor, agreement, change, dueAt, late: now - dueAt > LATE_MS };
};
