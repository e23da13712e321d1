import type { NoticeItem } from '#app/feed-item.ts';
import { isoInstant } from '#events/instants.ts';
import { NOTICE_KINDS, type NoticeKind } from '#projections/notices.ts';
import { builder } from '../builder.ts';
import { Change } from '../types/change.ts';
import { Day, Instant } from '../types/scalars.ts';
import { CURSOR } from './cursor.ts';

export const NoticeKindEnum = builder.enumType('NoticeKind', {
  description: 'News that no event stands for.',
  values: NOTICE_KINDS,
});

const Notice = builder.interfaceRef<NoticeItem>('Notice').implement({
  description: 'News that no event stands for: a day came, comes soon, or came to lie elsewhere.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: CURSOR }),
    agreement: t.exposeID('agreement'),
    change: t.expose('change', {
      type: Change,
      nullable: true,
      description: 'Never null here; its type is that of ChangeRecorded.change.',
    }),
    dueAt: t.field({
      type: Instant,
      description:
        'When it fell due. Where a day begins or is told of ahead: the start of a day in the agreement’s time zone; where the record put it elsewhere: when that was recorded.',
      resolve: ({ dueAt }) => isoInstant(dueAt),
    }),
    late: t.exposeBoolean('late', {
      description: 'It comes more than a minute after that moment.',
    }),
  }),
});

const conditions = {
  description: 'Ids of the conditions that are not met.',
  resolve: ({ conditions: open = [] }: NoticeItem) => [...open],
};

const ChangeTookEffect = builder.objectRef<NoticeItem>('ChangeTookEffect').implement({
  description: 'The first day of a change began.',
  interfaces: [Notice],
  fields: (t) => ({ day: t.expose('day', { type: Day, description: 'Its first day.' }) }),
});

const ExpiresSoon = builder.objectRef<NoticeItem>('ExpiresSoon').implement({
  description:
    'A change that still shows, or the agreement itself, ends within the period of notice.',
  interfaces: [Notice],
  fields: (t) => ({
    day: t.expose('day', { type: Day, description: 'The first day no longer in force.' }),
  }),
});

const ConditionDue = builder.objectRef<NoticeItem>('ConditionDue').implement({
  description: 'The long stop of a change that still waits lies within the period of notice.',
  interfaces: [Notice],
  fields: (t) => ({
    day: t.expose('day', {
      type: Day,
      description: 'The long stop, the last day in time.',
    }),
    conditions: t.idList(conditions),
  }),
});

const ChangeRescheduled = builder.objectRef<NoticeItem>('ChangeRescheduled').implement({
  description:
    'A first day that lies ahead came to be another: by a correction, or as conditions were met.',
  interfaces: [Notice],
  fields: (t) => ({
    day: t.expose('day', { type: Day, description: 'The first day as known now.' }),
    was: t.expose('was', {
      type: Day,
      nullable: true,
      description: 'As known before; null where there was none.',
    }),
  }),
});

const ChangeLapsed = builder.objectRef<NoticeItem>('ChangeLapsed').implement({
  description: 'What a change waited for failed, or did not come by its long stop.',
  interfaces: [Notice],
  fields: (t) => ({
    day: t.expose('day', { type: Day, description: 'The first day on which it has lapsed.' }),
    conditions: t.idList(conditions),
  }),
});

export const NOTICES = [
  ChangeTookEffect,
  ExpiresSoon,
  ConditionDue,
  ChangeRescheduled,
  ChangeLapsed,
] as const;

/** The name of the type that stands for each kind. */
export const NOTICE_TYPES = {
  CHANGE_TOOK_EFFECT: 'ChangeTookEffect',
  EXPIRES_SOON: 'ExpiresSoon',
  CONDITION_DUE: 'ConditionDue',
  CHANGE_RESCHEDULED: 'ChangeRescheduled',
  CHANGE_LAPSED: 'ChangeLapsed',
} as const satisfies { readonly [kind in NoticeKind]: string };
